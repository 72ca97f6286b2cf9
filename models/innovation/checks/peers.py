"""Runs the model with an independent engine and prints one line a variable: name, then values.

usage: python3 peers.py simlin|pysd MODEL      (exit code 3: that engine is not installed)
"""
import pathlib
import shutil
import sys
import tempfile
import warnings

warnings.simplefilter("ignore")


def main(tool: str, model: str) -> int:
    try:
        engine = __import__(tool)
    except ImportError:
        return 3
    if tool == "simlin":
        table = engine.load(model).run().results
    else:
        # PySD writes its translation beside the model: give it a folder of its own.
        with tempfile.TemporaryDirectory() as folder:
            copy = pathlib.Path(folder) / "model.xmile"
            shutil.copy(model, copy)
            table = engine.read_xmile(str(copy)).run()
    for column in table.columns:
        name = column.lower().replace(" ", "_")
        print(name, *(repr(float(value)) for value in table[column]), sep=",")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2]))
