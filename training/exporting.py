"""How a trained network is kept: int8 weights, packed."""

import gzip
from pathlib import Path

from onnxruntime.quantization import QuantType, quantize_dynamic


def keep(plain: Path, kept: Path) -> None:
    """Write ``kept`` (.onnx.gz), of a network as exported, with int8 weights, and take the plain file away."""
    whole = kept.with_suffix("")
    # Weights of seven bits: with eight, sums overflow on processors without the newest integer instructions, and the
    # same page would make other records there.
    quantize_dynamic(plain, whole, weight_type=QuantType.QInt8, per_channel=True, reduce_range=True)
    kept.write_bytes(gzip.compress(whole.read_bytes(), 9, mtime=0))
    for path in (plain, whole):
        path.unlink()
