"""`python -m workflow` is `ordbro`."""

from workflow.cli import main

if __name__ == "__main__":
    main()
