"""The trained files: README.md beside this one tells what each was trained on, and how good it is."""

from importlib.resources import files


def is_trained(name: str) -> bool:
    """Tell whether the files of a network are installed: the program works without them."""
    return files("communique").joinpath("trained", f"{name}.onnx.gz").is_file()
