"""Public functions and methods whose parameters have no type: `python tools/signatures.py`.

What they return is ruff's business (ANN201, see ruff.toml). Its rule for parameters, ANN001, does not tell public
functions from private and nested ones.
"""
import ast, sys
from pathlib import Path

root = Path(__file__).resolve().parent.parent


def public(tree):
    "Functions of a module and methods of its classes; of those with underscores, what makes and what calls an object."
    for node in tree.body:
        named = getattr(node, 'name', '_') in ('__init__', '__call__') or not getattr(node, 'name', '_').startswith('_')
        if isinstance(node, ast.ClassDef) and named: yield from public(node)
        if isinstance(node, ast.FunctionDef) and named: yield node


def untyped(f):
    "Parameters without a type; `self`, `cls`, `*args` and `**kwargs` need none."
    args = [*f.args.posonlyargs, *f.args.args, *f.args.kwonlyargs]
    return [a.arg for a in args if a.annotation is None and a.arg not in ('self', 'cls')]


def main():
    n = 0
    for path in sorted((root/'contrastive_unlearning').glob('*.py')):
        for f in public(ast.parse(path.read_text(encoding='utf-8'))):
            if not (names := untyped(f)): continue
            print(f'{path.relative_to(root)}:{f.lineno}: {f.name} has no type for {", ".join(names)}')
            n += 1
    print(f'{n} public functions have parameters without a type')
    return int(n > 0)


if __name__ == '__main__': sys.exit(main())
