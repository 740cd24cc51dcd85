"""`python -m cmic_screen` is the command line."""

from cmic_screen.cli import main

if __name__ == "__main__":
    main()
