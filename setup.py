"Package metadata lives in settings.ini; this file hands it to setuptools."
from configparser import ConfigParser
from pathlib import Path
from shlex import split
from setuptools import setup, find_packages

config = ConfigParser(delimiters=['='])
config.read('settings.ini', encoding='utf-8')
cfg = config['DEFAULT']

setup(
    name=cfg['lib_name'],
    version=cfg['version'],
    description=cfg['description'],
    long_description=Path('README.md').read_text(encoding='utf-8'),
    long_description_content_type='text/markdown',
    keywords=cfg['keywords'],
    author=cfg['author'],
    author_email=cfg['author_email'],
    url=cfg['git_url'],
    license='Apache-2.0',
    classifiers=['Intended Audience :: Science/Research', 'Natural Language :: English',
                 'Programming Language :: Python :: 3', 'Topic :: Scientific/Engineering :: Artificial Intelligence'],
    packages=find_packages(include=['contrastive_unlearning*']),
    python_requires=f">={cfg['min_python']}",
    install_requires=split(cfg['requirements']),
    extras_require={extra: split(cfg[f'{extra}_requirements'])
                    for extra in ('dev', 'browser', 'weights', 'certificate')},
    entry_points={
        'console_scripts': [line.strip() for line in cfg['console_scripts'].splitlines() if line.strip()],
        'nbdev': [f"{cfg['lib_path']}={cfg['lib_path']}._modidx:d"],  # lets nbdev link symbols in the docs
    },
    include_package_data=True,
    zip_safe=False,
)
