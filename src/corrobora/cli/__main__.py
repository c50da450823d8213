"""`python -m corrobora.cli`: the same as `corrobora`."""

from corrobora.cli import main

if __name__ == "__main__":
    main()
