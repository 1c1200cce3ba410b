"""The attribution tagger as an ONNX network of int8 weights and fixed scales, written node by node.

Where scales are worked out as the network reads, two passes over all numbers are spent on each product, and windows
read together change each other's scores. Here the scale of what goes into each product is measured once, over
windows that the network was trained on: its least and largest number. Products of integers are exact, so that a window
has the same scores in any company.
"""

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from torch import Tensor, nn

Weights = Mapping[str, npt.NDArray[np.float32]]
Ranges = dict[str, tuple[float, float]]

CONTRIB = "com.microsoft"
HEAD = 32  # numbers of a head of attention
EPSILON = 1e-12
# Weights of seven bits: with eight, sums overflow on processors without the newest integer instructions, and the same
# page would make other records there.
MOST = 63


def ranges(network: nn.Module, windows: Iterable[Tensor]) -> Ranges:
    """Return the least and the largest number that goes into each linear layer of a network; zero is among them.

    ``windows`` are what the network reads (1 × pieces each).
    """
    found: Ranges = {}

    def watched(name: str) -> Any:
        def hook(_: nn.Module, inputs: tuple[Tensor, ...]) -> None:
            least, largest = found.get(name, (0.0, 0.0))
            found[name] = min(least, inputs[0].min().item()), max(largest, inputs[0].max().item())

        return hook

    hooks = [
        layer.register_forward_pre_hook(watched(name))
        for name, layer in network.named_modules()
        if isinstance(layer, nn.Linear)
    ]
    network.eval()
    with torch.no_grad():
        for window in windows:
            network(window, torch.ones_like(window))
    for one in hooks:
        one.remove()
    return found


def exported(weights: Weights, measured: Ranges) -> onnx.ModelProto:
    """Return the network of ``weights``, named as train_attribution's, with the scales of ``measured``.

    It reads ``pieces`` (windows × pieces) without padding and gives ``cue``, ``as_cue`` and ``as_word``.
    """
    graph = _Graph(weights, measured)
    hidden = graph.embedded()
    layers = len({name.split(".")[3] for name in weights if name.startswith("encoder.encoder.layer.")})
    for layer in range(layers):
        hidden = graph.layer(hidden, f"encoder.encoder.layer.{layer}")
    graph.node("Identity", graph.linear(hidden, "cue"), name="cue")
    as_cue = graph.node("Gelu", graph.linear(hidden, "as_cue.0"), domain=CONTRIB)
    graph.node("Identity", graph.linear(as_cue, "as_cue.2"), name="as_cue")
    as_word = graph.node("Gelu", graph.linear(hidden, "as_word.0"), domain=CONTRIB)
    # What is beside a word's own numbers: the score of any word about a cue.
    graph.node(
        "Pad", as_word, graph.constant(np.array([0, 0, 0, 0, 0, 1])), graph.constant(np.float32(1)), name="as_word"
    )
    given = helper.make_tensor_value_info("pieces", TensorProto.INT64, ["window", "piece"])
    outputs = [
        helper.make_tensor_value_info(name, TensorProto.FLOAT, ["window", "piece", None])
        for name in ("cue", "as_cue", "as_word")
    ]
    made = helper.make_graph(graph.nodes, "attribution", [given], outputs, graph.constants)
    versions = [helper.make_opsetid("", 17), helper.make_opsetid(CONTRIB, 1)]
    return helper.make_model(made, opset_imports=versions, ir_version=8)


class _Graph:
    """Nodes and constants so far; each method adds nodes and returns the name of what they give."""

    def __init__(self, weights: Weights, measured: Ranges) -> None:
        self.weights, self.measured = weights, measured
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []

    def constant(self, value: npt.ArrayLike) -> str:
        name = f"constant{len(self.constants)}"
        self.constants.append(numpy_helper.from_array(np.asarray(value), name))
        return name

    def node(self, kind: str, *inputs: str, name: str = "", domain: str = "", **attributes: Any) -> str:
        name = name or f"node{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, list(inputs), [name], domain=domain, **attributes))
        return name

    def embedded(self) -> str:
        """The vectors of the pieces and of their places."""
        prefix = "encoder.embeddings."
        words = self.weights[f"{prefix}word_embeddings.weight"]
        scale = np.float32(np.abs(words).max() / 127)
        small = self.node("Gather", self.constant(np.round(words / scale).astype(np.int8)), "pieces")
        vectors = self.node("Mul", self.node("Cast", small, to=TensorProto.FLOAT), self.constant(scale))
        # All pieces are of the first of the two kinds that the network knows.
        kind = self.weights[f"{prefix}token_type_embeddings.weight"][0]
        places = self.constant(self.weights[f"{prefix}position_embeddings.weight"] + kind)
        start, axis = self.constant(np.array([0])), self.constant(np.array([0]))
        length = self.node(
            "Slice", self.node("Shape", "pieces"), self.constant(np.array([1])), self.constant(np.array([2]))
        )
        return self.normal(vectors, self.node("Slice", places, start, length, axis), f"{prefix}LayerNorm")

    def layer(self, hidden: str, name: str) -> str:
        """A layer of the encoder."""
        seen = self.linear(self.attention(hidden, f"{name}.attention.self"), f"{name}.attention.output.dense")
        hidden = self.normal(hidden, seen, f"{name}.attention.output.LayerNorm")
        inner = self.node("Gelu", self.linear(hidden, f"{name}.intermediate.dense"), domain=CONTRIB)
        return self.normal(hidden, self.linear(inner, f"{name}.output.dense"), f"{name}.output.LayerNorm")

    def attention(self, hidden: str, name: str) -> str:
        """What each piece sees of the others, the three products with their weights in one."""
        parts = [f"{name}.{part}" for part in ("query", "key", "value")]
        weights, scales = _integers(np.concatenate([self.weights[f"{part}.weight"] for part in parts]))
        bias = np.concatenate([self.weights[f"{part}.bias"] for part in parts])
        given, scale, zero = self.integers(hidden, parts[0])
        weight_zeros = self.constant(np.zeros(len(scales), np.int8))
        rest = (self.constant(weights), self.constant(bias), scale, self.constant(scales), "", zero, weight_zeros)
        return self.node(
            "QAttention", given, *rest, domain=CONTRIB, num_heads=len(scales) // (3 * HEAD), unidirectional=0
        )

    def linear(self, given: str, name: str) -> str:
        """The product with the weights of a layer, and its bias."""
        weights, scales = _integers(self.weights[f"{name}.weight"])
        integers, scale, zero = self.integers(given, name)
        weight_zeros = self.constant(np.zeros(len(scales), np.int8))
        rest = (scale, self.constant(scales), zero, weight_zeros, self.constant(self.weights[f"{name}.bias"]))
        return self.node("MatMulIntegerToFloat", integers, self.constant(weights), *rest, domain=CONTRIB)

    def integers(self, given: str, name: str) -> tuple[str, str, str]:
        """What goes into a layer as integers of eight bits, their scale, and which of them is zero."""
        least, largest = self.measured[name]
        step = np.float32((largest - least) / 255)
        scale, zero = self.constant(step), self.constant(np.uint8(round(-least / float(step))))
        return self.node("QuantizeLinear", given, scale, zero), scale, zero

    def normal(self, one: str, other: str, name: str) -> str:
        """The sum of two, brought to the scale that the network learned."""
        scale, bias = (self.constant(self.weights[f"{name}.{part}"]) for part in ("weight", "bias"))
        return self.node("LayerNormalization", self.node("Add", one, other), scale, bias, axis=-1, epsilon=EPSILON)


def _integers(weights: npt.NDArray[np.float32]) -> tuple[npt.NDArray[np.int8], npt.NDArray[np.float32]]:
    """Weights (outputs × inputs) as integers (inputs × outputs), and the scale of each output."""
    scales = np.abs(weights).max(axis=1) / MOST
    return np.round(weights / scales[:, None]).astype(np.int8).T.copy(), scales.astype(np.float32)
