"""Maintain the notebooks without Quarto.

    python tools/notebooks.py execute [NAME ...] [--slow]   run notebooks as nbdev_test does and store what they show
    python tools/notebooks.py readme                        write README.md from nbs/index.ipynb
    python tools/notebooks.py check                         check every page of the site as far as Quarto is not needed
"""
import argparse, os, re, subprocess, sys
from pathlib import Path

root = Path(__file__).resolve().parent.parent
nbs = root/'nbs'


def pages():
    "The notebooks of the site, in their order."
    return sorted(p for p in nbs.rglob('*.ipynb') if not p.name.startswith('_') and '.ipynb_checkpoints' not in p.parts)


def read_page(path):
    "The notebook at `path`, with directives and front matter as nbdev reads them."
    from nbdev.processors import FrontmatterProc
    from nbdev.process import NBProcessor
    return NBProcessor(path, procs=FrontmatterProc, process=True).nb


def run_one(path, flags):
    "Execute the notebook at `path` under nbdev's rules and store the outputs; skipped cells keep theirs."
    from check import directives, is_empty
    from execnb.shell import CaptureShell
    try: from execnb.nbio import read_nb, write_nb
    except ImportError: from fastcore.nbio import read_nb, write_nb     # nbdev 3

    nb = read_page(path)

    def skip(cell):
        said = directives(cell)
        return cell.cell_type != 'code' or said.get('eval', '').lower() == 'false' or bool(flags & said.keys())

    for cell in nb.cells:
        if not skip(cell): cell.outputs = []  # a cell that shows nothing any more must not keep what it showed before
    shell = CaptureShell(path)
    os.chdir(path.parent)
    try: shell.run_all(nb, exc_stop=True, preproc=skip)
    except Exception: sys.exit(shell.prettytb(fname=path))
    stored = read_nb(path)
    for cell, done in zip(stored.cells, nb.cells):
        if not skip(done): cell.outputs = [o for o in done.get('outputs', []) if not is_empty(o)]
    write_nb(stored, path)


def execute(names, slow):
    "Execute notebooks, each in a process of its own; default: all, in their order."
    paths = [nbs/f'{n.removesuffix(".ipynb")}.ipynb' for n in names] or pages()
    env = dict(os.environ, IN_TEST='1', PYTHONPATH=str(root))
    for p in paths:
        print(p.relative_to(root), flush=True)
        subprocess.run([sys.executable, __file__, 'one', str(p)] + ['--slow']*slow, env=env, check=True)
    clean = 'from nbdev.clean import nbdev_clean; nbdev_clean()'     # its command has another name in nbdev 3
    subprocess.run([sys.executable, '-c', clean], cwd=root, check=True)


def readme():
    "README.md is the home page as plain markdown; its figures lie in nbs/images."
    import nbformat
    from nbconvert import MarkdownExporter
    nb = nbformat.read(nbs/'index.ipynb', as_version=4)
    nb.metadata['language_info'] = {'name': 'python'}
    nb.cells = [c for c in nb.cells if not c.source.startswith('#| hide')]
    alts = [''.join(re.findall(r'#\| fig-alt: "(.*)"', c.source)) for c in nb.cells]
    for c in nb.cells:
        if c.cell_type != 'code': continue
        if '#| echo: false' in c.source: c.metadata['transient'] = {'remove_source': True}
        c.source = '\n'.join(line for line in c.source.splitlines() if not line.startswith('#|'))
    body, resources = MarkdownExporter().from_notebook_node(nb)
    images = nbs/'images'
    images.mkdir(exist_ok=True)
    for name, data in resources['outputs'].items():
        (images/f'index_{name}').write_bytes(data)
        body = body.replace(f'![png]({name})', f'![{alts[int(name.split("_")[1])]}](nbs/images/index_{name})')
    body = re.sub(r'<style scoped>.*?</style>\n', '', body, flags=re.S)
    body = re.sub(r'\]\((?!\w+:|nbs/|#)([^)]+)\)', r'](nbs/\1)', body)
    body = re.sub(r'\n\s*\n\s*\n+', '\n\n', body)
    notice = '<!-- Written from nbs/index.ipynb by `python tools/notebooks.py readme`: edit the notebook. -->\n\n'
    (root/'README.md').write_text(notice + body.strip() + '\n', encoding='utf-8')


if __name__ == '__main__':
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('command', choices=['execute', 'readme', 'check', 'one'])
    parser.add_argument('names', nargs='*', help='notebooks, relative to nbs/; default: all')
    parser.add_argument('--slow', action='store_true', help='run the cells marked slow as well')
    args = parser.parse_args()
    if args.command == 'readme': readme()
    elif args.command == 'execute': execute(args.names, args.slow)
    elif args.command == 'check':
        from check import check
        sys.exit(check(root, {str(p.relative_to(nbs)): read_page(p) for p in pages()}))
    else: run_one(Path(args.names[0]).resolve(), {'cuda'} if args.slow else {'slow', 'cuda'})
