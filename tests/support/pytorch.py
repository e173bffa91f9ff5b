"""Runs snippets with PyTorch: a JSON list of {code, formula, start} on standard input, the places of each run on standard output."""

import inspect
import json
import sys

import torch

torch.set_default_dtype(torch.float64)

# PyTorch 1.13 multiplies the next product of momenta by this update's momentum twice, against its own description.
nadam = sys.modules[torch.optim.NAdam.__module__]
source = inspect.getsource(nadam)
mended = source.replace("mu_product * mu * mu_next", "mu_product * mu_next")
if mended != source:
    exec(compile(mended, nadam.__file__, "exec"), nadam.__dict__)
    torch.optim.NAdam = nadam.NAdam


def number(value):
    return value if abs(value) < float("inf") else str(value)


def run(code, formula, start):
    w = torch.tensor(start, dtype=torch.float64, requires_grad=True)
    body = compile(formula.replace("^", "**"), "formula", "eval")
    points = []

    def loss():
        value = eval(body, {"x": w[0], "y": w[1]})
        points.append([number(entry) for entry in [*w.tolist(), value.item()]])
        return value

    exec(compile(code, "snippet", "exec"), {"parameters": [w], "loss": loss})
    loss()
    return points


json.dump([run(**request) for request in json.load(sys.stdin)], sys.stdout)
