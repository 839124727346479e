"""``python -m clipgraph`` is the ``clipgraph`` command."""

from clipgraph.cli.main import run

if __name__ == "__main__":
    run()
