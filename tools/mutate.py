"""Do the chapters' tests notice when a formula is wrong? `python tools/mutate.py [--only CHAPTER …] [--list]`

Each mutation of tools/mutations.py changes one place of a chapter's exported code, in the notebook and in the module,
in a copy of the repository; then the chapter is tested. Caught: the test fails. Survived: nothing noticed. Error: the
mutation itself is at fault, or the time limit was reached. Results are kept in a file, so that an interrupted run goes
on, and a chapter is tested again when its code has changed. Prints a table in Markdown.
"""
import argparse, ast, hashlib, json, os, re, shutil, signal, subprocess, sys, tempfile, time
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path
from queue import Queue
from mutations import mutations

root = Path(__file__).resolve().parent.parent
left_out = shutil.ignore_patterns('.git', '_proc', '_docs', 'runs', 'data', '__pycache__', '.*_cache', '*.egg-info',
                                  '.ipynb_checkpoints', 'build', 'dist', '.venv')
exported = re.compile(r'\A(?:\s*#.*\n)*?\s*#\s*\|\s*export[si]?\b')
broken = 'SyntaxError', 'IndentationError', 'NameError', 'ImportError', 'ModuleNotFoundError'    # no test caught these


def read(path): return path.read_text(encoding='utf-8')
def source(cell): return ''.join(cell['source'])


def chapter_files(folder, chapter):
    "Notebook and module of a chapter."
    found = sorted((folder/'nbs').glob(f'[0-9][0-9]_{chapter}.ipynb'))
    if len(found) != 1: raise ValueError(f'a chapter must be one notebook, got {len(found)} for {chapter}')
    return found[0], folder/'contrastive_unlearning'/f'{chapter}.py'


def exported_cells(nb): return [c for c in nb['cells'] if c['cell_type'] == 'code' and exported.match(source(c))]


def mutated(folder, chapter, old, new):
    "Path → new content, of notebook and module; a `ValueError` if `old` does not stand in just one place of each."
    path,module = chapter_files(folder, chapter)
    nb,code = json.loads(read(path)), read(module)
    n,m = sum(source(c).count(old) for c in exported_cells(nb)), code.count(old)
    if n != 1: raise ValueError(f'stands {n} times in the exported cells of {path.name}')
    if m != 1: raise ValueError(f'stands {m} times in {module.name}: export the notebooks first')
    if '\n' in old: raise ValueError('spans more than one line')
    for c in exported_cells(nb): c['source'] = source(c).replace(old, new).splitlines(keepends=True)
    code = code.replace(old, new)
    ast.parse(code)
    return {path: json.dumps(nb, ensure_ascii=False, indent=1), module: code}


def fingerprint(folder, chapter):
    "Of a chapter's code, tests included: results are those of this code."
    nb = json.loads(read(chapter_files(folder, chapter)[0]))
    code = '\0'.join(source(c) for c in nb['cells'] if c['cell_type'] == 'code')
    return hashlib.sha256(code.encode()).hexdigest()[:16]


def test(folder, chapter, seconds):
    "Test a chapter in `folder`: `'passed'`, `'failed'` or `'error'`, and why."
    path,_ = chapter_files(folder, chapter)
    command = [Path(sys.executable).with_name('nbdev_test'), '--path', path.relative_to(folder)]
    env = dict(os.environ, PYTHONPATH=str(folder), OMP_NUM_THREADS='1', PYTHONDONTWRITEBYTECODE='1')
    process = subprocess.Popen(command, cwd=folder, env=env, text=True, start_new_session=True,
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    try: out,err = process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        return 'error', f'not done in {seconds:.0f} s'
    if process.returncode == 0 and 'Success.' in out: return 'passed', ''
    where = re.search(r'^(\w+)(?: in .*)?:\n=+\n+While Executing Cell #(\d+)', err, flags=re.M)
    if 'Tests Failed' not in err or not where: return 'error', (err.strip() or out.strip())[-300:]
    kind,cell = where.groups()
    said = re.findall(rf'^{kind}(?:: .*)?$', err, flags=re.M)
    return 'error' if kind in broken else 'failed', f'cell {cell}: {said[-1] if said else kind}'[:200]


def try_one(folder, pristine, chapter, old, new, seconds):
    "Verdict on one mutation, the folder left as it was."
    start,changed = time.monotonic(), mutated(pristine, chapter, old, new)
    try:
        for path,content in changed.items(): (folder/path.relative_to(pristine)).write_text(content, encoding='utf-8')
        verdict,why = test(folder, chapter, seconds)
    finally:
        for path in changed: shutil.copy2(path, folder/path.relative_to(pristine))
    return dict(verdict=dict(passed='survived', failed='caught').get(verdict, verdict), why=why,
                seconds=round(time.monotonic()-start, 1))


def name(chapter, old, new): return f'{chapter}: {old} → {new}'


def problem(folder, chapter, old, new):
    "Why a mutation cannot be made; empty if it can."
    try: mutated(folder, chapter, old, new)
    except (ValueError, SyntaxError, FileNotFoundError) as e: return str(e)
    return ''


def list_table(folder, table, only_bad=False):
    "Print mutations and what is wrong with them; how many cannot be made."
    n = 0
    for chapter,kind,old,new in table:
        bad = problem(folder, chapter, old, new)
        n += bool(bad)
        if only_bad and not bad: continue
        print(f'{"BAD" if bad else "ok":3} {chapter:12} {kind:10} {old} → {new}   {bad}'.rstrip())
    print(f'{len(table)} mutations of {len({c for c,*_ in table})} chapters, {n} cannot be made')
    return n


def summary(table, results):
    "Results as Markdown: a row per chapter, and what was not caught."
    rows,rest = {}, []
    for chapter,kind,old,new in table:
        r = results.get(name(chapter, old, new), dict(verdict='not tried', why=''))
        rows.setdefault(chapter, []).append(r['verdict'])
        if r['verdict'] == 'caught': continue
        rest.append(f'- {r["verdict"]}: {chapter}, {kind}: `{old}` → `{new}` {r["why"]}'.rstrip())
    rows['all'] = [v for vs in rows.values() for v in vs]
    lines = [f'| {c} | {v.count("caught")} | {len(v)} |' for c,v in rows.items()]
    return '\n'.join(['| chapter | caught | of |', '|---|--:|--:|', *lines, '', *rest])


class Work:
    "Copies of the repository, one per worker, and the file of results."
    def __init__(self, folder, jobs, out):
        self.pristine,self.out,self.jobs,self.free = folder/'pristine', out, jobs, Queue()
        shutil.copytree(root, self.pristine, symlinks=True, ignore=left_out)
        for i in range(jobs): shutil.copytree(self.pristine, folder/str(i), symlinks=True); self.free.put(folder/str(i))
        self.results = json.loads(read(out)) if out.exists() else {}
        out.parent.mkdir(parents=True, exist_ok=True)

    def known(self, key, chapter):
        "A former result, if the code is still the same."
        r = self.results.get(key)
        return r if r and r['code'] == fingerprint(self.pristine, chapter) else None

    def each(self, f, todo):
        "Results of `f(folder, *what)` for (key, chapter, what) of `todo`, in parallel; written down one by one."
        def one(what):
            folder = self.free.get()
            try: return f(folder, *what)
            finally: self.free.put(folder)
        with ThreadPoolExecutor(self.jobs) as pool:
            running = {pool.submit(one, what): (key, chapter) for key,chapter,what in todo}
            try:
                for done in as_completed(running):
                    key,chapter = running[done]
                    self.results[key] = done.result() | dict(code=fingerprint(self.pristine, chapter))
                    self.out.write_text(json.dumps(self.results, indent=1, ensure_ascii=False), encoding='utf-8')
                    r = self.results[key]
                    print(f'{r["verdict"]:9} {r["seconds"]:6.1f} s   {key}   {r["why"]}', flush=True)
            except BaseException:
                pool.shutdown(wait=False, cancel_futures=True)
                raise

    def baselines(self, chapters):
        "Chapters that pass unmutated → seconds they take."
        def plain(folder, chapter):
            start = time.monotonic()
            verdict,why = test(folder, chapter, 3600)
            return dict(verdict=verdict, why=why, seconds=round(time.monotonic()-start, 1))
        self.each(plain, [(c, c, (c,)) for c in chapters if not ((r := self.known(c, c)) and r['verdict'] == 'passed')])
        return {c: self.results[c]['seconds'] for c in chapters if self.results[c]['verdict'] == 'passed'}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    option = parser.add_argument
    option('--only', nargs='+', metavar='CHAPTER', help='such as: spaces losses')
    option('--kind', help='mutations of this kind only')
    option('--list', action='store_true', help='print the mutations, check that each can be made, and stop')
    option('--jobs', type=int, default=2, help='tests that run at the same time; default: %(default)s')
    option('--limit', type=float, help='seconds for one test; default: 60 + 5 × those of the unmutated chapter')
    option('--again', action='store_true', help='do not use the results of a former run')
    option('--out', type=Path, default=root/'runs'/'mutations.json', help='results; default: runs/mutations.json')
    args = parser.parse_args()
    unknown = set(args.only or ())-set(mutations)
    if unknown: parser.error(f'--only takes {", ".join(mutations)}, got {", ".join(unknown)}')
    table = [(c, *m) for c,ms in mutations.items() if not args.only or c in args.only for m in ms]
    table = [m for m in table if args.kind in (None, m[1])]
    if args.list: return int(list_table(root, table) > 0)
    with tempfile.TemporaryDirectory() as folder:
        work = Work(Path(folder), args.jobs, args.out)
        if args.again: work.results = {}
        if any(problem(work.pristine, c, old, new) for c,_,old,new in table):
            list_table(work.pristine, table, only_bad=True)
            return 2
        seconds = work.baselines(list(dict.fromkeys(c for c,*_ in table)))
        keys = {name(c, old, new): (c, old, new) for c,_,old,new in table if c in seconds}
        todo = [(key, c, (work.pristine, c, old, new, args.limit or 60+5*seconds[c]))
                for key,(c,old,new) in keys.items() if not work.known(key, c)]
        work.each(try_one, todo)
        results = {key: work.results[key] for key in keys}
        for c in dict.fromkeys(c for c,*_ in table):
            if c not in seconds: print(f'{c} fails without any mutation: {work.results[c]["why"]}')
    print('\n' + summary(table, results))
    return int(len(results) < len(table) or any(r['verdict'] != 'caught' for r in results.values()))


if __name__ == '__main__': sys.exit(main())
