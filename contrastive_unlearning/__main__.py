"`python -m contrastive_unlearning` is the command `unlearn`."
import sys

from contrastive_unlearning.cli import main

if __name__ == '__main__':
    sys.argv[0] = 'unlearn'     # what help and errors call it
    main()
