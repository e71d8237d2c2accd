"""What is wrong with the pages of the site, as far as it shows without Quarto: `python tools/notebooks.py check`."""
import ast, json, os, re
from pathlib import Path

most_bytes = 3*2**20    # of a page
most_lines = 40         # of an exported cell
machine = re.compile(r'/(?:home|root|Users|tmp|opt|usr|var)/[\w.-]+|\b[A-Z]:\\\\|site-packages')


def text(source): return source if isinstance(source, str) else ''.join(source or ())


def directives(cell):
    "Directive → its words; nbdev 2 keeps them as lists, under names with a colon, and nbdev 3 as text."
    said = cell.get('directives_') or {}
    return {k.rstrip(':'): v if isinstance(v, str) else ' '.join(v) for k,v in said.items()}


def is_figure(output):
    "Whether an output is a picture, still, moving or to be rotated."
    data = output.get('data', {})
    if any(k.startswith(('image/', 'application/vnd.plotly')) for k in data): return True
    return bool(re.search(r'<(?:img|svg|video|iframe)\b|plotly', text(data.get('text/html'))))


def is_empty(output):
    "Whether an output is a result that shows nothing, as plotly leaves one; Quarto stumbles over it."
    return output['output_type'] == 'execute_result' and not output.get('data')


def check_output(output):
    "A stored output: no error, nothing from stderr, no path of the machine it was made on."
    if is_empty(output): yield 'stores an empty result'
    if output['output_type'] == 'error': yield f'stores the error {output["ename"]}'
    if output.get('name') == 'stderr': yield f'stores what went to stderr: {text(output["text"])[:80]!r}'
    if is_figure(output): return
    shown = [text(v) for k,v in output.get('data', {}).items() if k.startswith('text/')]
    shown = ''.join([text(output.get('text')), *shown])
    if found := machine.search(shown): yield f'shows a path of one machine: {found[0]}'


def check_imports(cell, said):
    "nbdev runs cells with imports, and no others, to make the pages of modules: such a cell holds nothing else."
    if said.keys() & {'export', 'exports', 'exporti'}: return
    kinds = {type(n) for tree in cell.parsed_() or () for n in ast.walk(tree)}
    if kinds & {ast.Import, ast.ImportFrom} and kinds & {ast.Expr, ast.Assign}:
        yield 'mixes imports with other code: give them a cell of their own'


def check_size(cell, said):
    "An exported cell can be read in one look."
    n = text(cell['source']).strip().count('\n')+1+len(said)       # nbdev takes the directives out of the source
    if said.keys() & {'export', 'exports', 'exporti'} and n > most_lines:
        yield f'exports {n} lines, more than {most_lines}'


greys = 'black', 'white', 'grey', 'dimgrey', 'lightgrey', 'k', 'w', 'none'


def check_colors(cell):
    "Colours come from the chapter on style: no palettes of one's own, and no colour by name or number but greys."
    code = text(cell['source'])
    for c in re.findall(r"tab10|tab20|['\"]C\d['\"]|f'C\{|(?<=color=)['\"]\w+['\"]|#[0-9A-Fa-f]{6}\b", code):
        said = c.strip('\'"')
        if said in greys or re.fullmatch(r'#(\w\w)\1\1', said): continue
        yield f'has the colour {c}: take it from class_style, plotly_style or series_color of 09_style'


def check_figures(cell, said, labels):
    "A figure has a label of its own, a caption and an alternative text; what is labelled as a figure shows one."
    label,figures = said.get('label', ''), [o for o in cell.get('outputs', ()) if is_figure(o)]
    if label.startswith('fig-') and not figures: yield f'shows no figure for {label}: execute the page'
    if label and label in labels: yield f'repeats the label {label}'
    labels.add(label)
    missing = [k for k in ('fig-cap', 'fig-alt') if len(said.get(k, '').strip('"\' ')) < 10]
    missing += ['label: fig-…']*(not label.startswith('fig-'))
    if figures and missing: yield f'shows a figure without #| {" and ".join(missing)}'


def check_cells(nb):
    "All cells of a notebook, as nbdev reads it."
    labels,cells = set(), [(c, directives(c)) for c in nb.cells if c.cell_type == 'code']
    exports = [said['default_exp'] for _,said in cells if 'default_exp' in said]
    is_module = bool(exports)
    for cell,said in cells:
        problems = [e for o in cell.get('outputs', ()) for e in check_output(o)]
        problems += check_size(cell, said)
        if is_module: problems += check_imports(cell, said)
        if exports != ['style']: problems += check_colors(cell)
        if 'hide' not in said: problems += check_figures(cell, said, labels)
        yield from (f'cell {cell.idx_} {e}' for e in problems)


def markdown(nb):
    "The prose of a processed page and what `show_doc` adds to it, without code and comments."
    parts = [text(c['source']) for c in nb['cells'] if c['cell_type'] == 'markdown']
    shown = [o.get('data', {}) for c in nb['cells'] for o in c.get('outputs', ())]
    parts += [text(d['text/markdown']) for d in shown if 'text/markdown' in d]
    return re.sub(r'^```.*?^```|<!--.*?-->', '', '\n'.join(parts), flags=re.S|re.M)


def anchors(md):
    "Names to which a page can be linked: Pandoc's for headings, and explicit ones."
    heads = [re.sub(r'\{.*?\}|\]\(.*?\)', '', h) for h in re.findall(r'^#+ +(.+)$', md, flags=re.M)]
    slugs = [re.sub(r'\s+', '-', re.sub(r'[^\w\s.-]', '', h).strip().lower()) for h in heads]
    return {re.sub(r'^[^a-z]+', '', s) for s in slugs} | set(re.findall(r'\{#([\w.-]+)', md))


def check_links(name, md, folder, known, host):
    "Links of a page lead to pages, anchors and files that exist; images have an alternative text."
    for mark,alt,target in re.findall(r'(!?)\[([^\]]*)\]\(([^)\s]+)', re.sub(r'(?<!\[)`[^`\n]*`', '', md)):
        if mark and not alt.strip(): yield f'shows {target} without an alternative text'
        if target.startswith(host):     # nbdev's links to symbols, also to such as have no heading
            page,anchor = target.removeprefix(host).strip('/').partition('#')[0], ''
        elif re.match(r'\w+:', target): continue
        else:
            page,_,anchor = target.partition('#')
            page = os.path.normpath(os.path.join(os.path.dirname(name), page)) if page else name
        if page not in known and not (page and (folder/page).is_file()):
            yield f'links to {target}, which does not exist'
        elif anchor and anchor not in known.get(page, {anchor}):
            yield f'links to {target}, but that page has no such heading'


def check_references(proc, prose):
    "Figures a page refers to are among those it shows."
    shown = text([text(c['source']) for c in proc['cells']])
    for ref in re.findall(r'(?<![\w`])@(fig-[\w-]+)', prose):
        if f'label: {ref}' not in shown: yield f'refers to @{ref}, which it does not show'


def entries(contents):
    "Pages named in a sidebar, at any depth."
    if isinstance(contents, str): return [contents]
    return [e for c in contents for e in entries(c if isinstance(c, str) else c['contents'])]


def check(
    root,   # Of the project
    nbs     # Name below `nbs/` → notebook as nbdev reads it
):          # Exit status
    "Print what is wrong with the pages."
    import yaml
    from nbdev.config import get_config
    from nbdev.serve import proc_nbs
    os.chdir(root)
    site = yaml.safe_load((root/'_quarto.yml').read_text(encoding='utf-8'))['website']
    sidebar = entries(site['sidebar']['contents'])
    bad = [f'_quarto.yml: names {e}, which does not exist' for e in sidebar if e not in nbs]
    for name,nb in nbs.items():
        if name not in sidebar: bad.append(f'{name}: is not in the sidebar of _quarto.yml')
        if not {'title', 'description'} <= nb.frontmatter_.keys():
            bad.append(f'{name}: must begin with "# Title" and "> one line"')
        bad += [f'{name}: {e}' for e in check_cells(nb)]
    try: proc = proc_nbs(force=True)
    except Exception as e: print(*bad, f'nbdev cannot process the pages: {e}', sep='\n'); return 1
    done = {name: json.loads((proc/name).read_text(encoding='utf-8')) for name in nbs}
    prose = {name: markdown(nb) for name,nb in done.items()}
    known = {name: anchors(md) for name,md in prose.items()}
    html = lambda name: nbs[name].frontmatter_.get('output-file', Path(name).stem+'.html')
    known |= {str(Path(name).with_name(html(name))): a for name,a in known.items()}
    host = get_config().doc_host+get_config().doc_baseurl
    for name in nbs:
        for path in (root/'nbs'/name, proc/name):
            size = path.stat().st_size
            if size > most_bytes: bad.append(f'{name}: has {size/2**20:.1f} MB, more than 3')
        bad += [f'{name}: {e}' for e in check_links(name, prose[name], root/'nbs', known, host)]
        bad += [f'{name}: {e}' for e in check_references(done[name], prose[name])]
    print(*bad, f'{len(nbs)} pages, {len(bad)} problems', sep='\n')
    return int(bool(bad))
