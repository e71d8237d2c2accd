"""Use the explorer in a real browser, as a reader would, and keep a picture of it for its chapter.

    pip install -e '.[browser]' && playwright install chromium
    python tools/browser.py [--chromium PATH]

A Jupyter server is started on a run on the digits; in JupyterLab and in Notebook another space is chosen, the step
slider dragged, a point clicked and the forgetting tried again. Each must change what it should.
"""
import argparse, json, socket, subprocess, sys, tempfile, time, urllib.request
from pathlib import Path
from playwright.sync_api import sync_playwright

root = Path(__file__).resolve().parent.parent
cell = "from contrastive_unlearning.explorer import *\nexplorer = Explorer(run_traces('run'))\nexplorer"


def prepare(folder):
    "A run on the digits, and a notebook that opens it."
    from contrastive_unlearning.experiments import run_recipe
    from contrastive_unlearning.records import Recipe
    run_recipe(Recipe(epochs=8), folder/'run', progress=False)
    code = dict(cell_type='code', id='explorer', execution_count=None, metadata={}, outputs=[], source=cell)
    kernel = dict(name='python3', display_name='Python 3', language='python')
    nb = dict(cells=[code], metadata=dict(kernelspec=kernel), nbformat=4, nbformat_minor=5)
    (folder/'explorer.ipynb').write_text(json.dumps(nb))


def serve(folder):
    "A Jupyter server on a free port, of this machine only; its address, with a token."
    with socket.socket() as s: s.bind(('127.0.0.1', 0)); port = s.getsockname()[1]
    token = 'browser-test'
    command = [sys.executable, '-m', 'jupyterlab', '--no-browser', '--allow-root', '--ip=127.0.0.1', f'--port={port}',
        f'--ServerApp.root_dir={folder}', f'--IdentityProvider.token={token}']
    server = subprocess.Popen(command, stdout=(folder/'server.log').open('w'), stderr=subprocess.STDOUT)
    address = f'http://127.0.0.1:{port}'
    for _ in range(120):
        try: urllib.request.urlopen(f'{address}/api?token={token}').close(); return server, address, token
        except OSError: time.sleep(.5)
    server.terminate()
    sys.exit(f'the Jupyter server did not start: {(folder/"server.log").read_text()[-2000:]}')


def title(page): return page.locator('.js-plotly-plot .gtitle').first.text_content()
def points(page):
    return page.evaluate("document.querySelector('.js-plotly-plot .scatterlayer .trace .points').innerHTML")
def picture(page, which=1):
    size = 'async i => (await (await fetch(i.src)).arrayBuffer()).byteLength + i.src'
    return page.locator('.widget-image').nth(which).evaluate(size)


def changes(page, what, see, act, seconds=60):
    "Do `act` and wait until what `see` returns is another."
    before = see(page)
    act()
    for _ in range(4*seconds):
        if see(page) != before: print('  ok:', what, flush=True); return
        page.wait_for_timeout(250)
    raise AssertionError(f'{what}: nothing changed in {seconds} s')


def choose(page, name, option):
    page.locator(f'.widget-dropdown:has(label:text-is("{name}")) select').select_option(option)


def drag(page):
    "The handle of the step slider to its right end."
    slider = page.locator('.widget-hslider:has(label:text-is("step"))')
    a,b = slider.locator('.noUi-handle').bounding_box(), slider.locator('.noUi-target').bounding_box()
    middle = a['y']+a['height']/2
    page.mouse.move(a['x']+a['width']/2, middle); page.mouse.down()
    page.mouse.move(b['x']+b['width']/2, middle, steps=5)
    page.mouse.move(b['x']+b['width']+4, middle, steps=5); page.mouse.up()


def click(page):
    "A point of the embedding that no other covers."
    box = page.locator('.js-plotly-plot .points path').last.bounding_box()
    page.mouse.move(box['x']+box['width']/2, box['y']+box['height']/2)
    page.wait_for_timeout(500)
    page.mouse.down(); page.mouse.up()


def try_out(page, url, shot=None):
    "All a reader does; `shot` is where the picture goes."
    page.goto(url)
    page.locator('.jp-CodeCell .cm-content').first.click(timeout=90_000)
    page.wait_for_timeout(4000)     # the kernel
    page.keyboard.press('Shift+Enter')
    page.locator('.js-plotly-plot .points path').first.wait_for(timeout=90_000)
    changes(page, 'another space', title, lambda: choose(page, 'space', 'poincare'))
    changes(page, 'another method', lambda page: picture(page, 2), lambda: choose(page, 'method', 'retrain'))
    # … is seen by its curves: it starts from the same points
    choose(page, 'method', 'contrastive'); page.wait_for_timeout(2000)
    changes(page, 'the step slider', points, lambda: drag(page))
    page.wait_for_timeout(4000)     # the images follow
    if shot: page.locator('.jp-OutputArea-output').last.screenshot(path=shot)
    changes(page, 'a click on a point', picture, lambda: click(page))
    changes(page, 'forgetting again', title, lambda: page.get_by_role('button', name='forget again').click())
    page.locator('.widget-label:has-text("UnlearnLog")').wait_for(timeout=120_000)
    changes(page, 'the step slider of the film', points, lambda: drag(page))
    choose(page, 'view', 'three dimensions')
    page.locator('.js-plotly-plot .gl-container canvas, .js-plotly-plot #scene').first.wait_for(timeout=30_000)
    print('  ok: three dimensions', flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--chromium', help='a Chromium of your own; default: the one of Playwright')
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as p:
        prepare(Path(folder))
        server,address,token = serve(Path(folder))
        try:
            browser = p.chromium.launch(executable_path=args.chromium, args=['--no-sandbox'])
            for name,path in (('JupyterLab', 'lab/tree'), ('Notebook', 'notebooks')):
                print(name, flush=True)
                page = browser.new_page(viewport=dict(width=1500, height=1500))
                shot = root/'nbs'/'images'/'explorer.png' if name == 'Notebook' else None
                try_out(page, f'{address}/{path}/explorer.ipynb?token={token}', shot)
                page.close()
            browser.close()
        finally: server.terminate(); server.wait()


if __name__ == '__main__': main()
