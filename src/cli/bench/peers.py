"""Adam on two test surfaces in numpy and PyTorch, timed on request.

Says first what it has, one JSON line; then answers each line {"peer", "surface", "particles", "seconds"} with
{"rate": particle-steps a second}.
"""
import json
import math
import os
import sys
import time

LR, BETA1, BETA2, EPS = 0.01, 0.9, 0.999, 1e-8
BLOCK = 8192
TURN = 2 * math.pi
CORES = os.cpu_count() or 1
HALF_WIDTH = {"rosenbrock": 2.0, "rastrigin": 5.12}

try:
    import numpy
except ImportError:
    numpy = None
try:
    import torch
except ImportError:
    torch = None


def rosenbrock(x, y, sin):
    d = y - x * x
    return -2 * (1 - x) - 400 * x * d, 200 * d


def rastrigin(x, y, sin):
    return 2 * x + 10 * TURN * sin(TURN * x), 2 * y + 10 * TURN * sin(TURN * y)


GRADIENTS = {"rosenbrock": rosenbrock, "rastrigin": rastrigin}


def numpy_runner(surface, particles, dtype):
    """In-place Adam over blocks that stay in cache, step-major within a block."""
    gradient = GRADIENTS[surface]
    half = HALF_WIDTH[surface]
    random = numpy.random.default_rng(0)
    blocks = []
    for first in range(0, particles, BLOCK):
        count = min(BLOCK, particles - first)
        w = random.uniform(-half, half, (2, count)).astype(dtype)
        blocks.append((w, numpy.zeros_like(w), numpy.zeros_like(w)))

    def run(first, updates):
        one = dtype(1)
        for w, m, v in blocks:
            g = numpy.empty_like(w)
            a = numpy.empty_like(w)
            for t in range(first, first + updates):
                g[0], g[1] = gradient(w[0], w[1], numpy.sin)
                m *= dtype(BETA1)
                numpy.multiply(g, one - dtype(BETA1), out=a)
                m += a
                v *= dtype(BETA2)
                g *= g
                g *= one - dtype(BETA2)
                v += g
                numpy.sqrt(v, out=a)
                a *= dtype(1 / math.sqrt(1 - BETA2**t))
                a += dtype(EPS)
                numpy.divide(m, a, out=a)
                a *= dtype(LR / (1 - BETA1**t))
                w -= a

    return run


def torch_runner(surface, particles, threads):
    """Analytic gradients, no graph, in place, over blocks."""
    gradient = GRADIENTS[surface]
    half = HALF_WIDTH[surface]
    size = particles if particles < 2**17 else 2**16
    blocks = []
    for first in range(0, particles, size):
        w = (torch.rand(2, min(size, particles - first)) * 2 - 1) * half
        blocks.append((w, torch.zeros_like(w), torch.zeros_like(w)))

    def run(first, updates):
        torch.set_num_threads(threads)
        with torch.no_grad():
            for w, m, v in blocks:
                for t in range(first, first + updates):
                    g = torch.stack(gradient(w[0], w[1], torch.sin))
                    m.mul_(BETA1).add_(g, alpha=1 - BETA1)
                    v.mul_(BETA2).addcmul_(g, g, value=1 - BETA2)
                    d = v.sqrt().mul_(1 / math.sqrt(1 - BETA2**t)).add_(EPS)
                    w.addcdiv_(m, d, value=-LR / (1 - BETA1**t))

    return run


def torch_optim_runner(surface, particles, threads):
    """torch.optim.Adam with autograd, as one would write it first."""
    half = HALF_WIDTH[surface]
    w = ((torch.rand(2, particles) * 2 - 1) * half).requires_grad_()
    optimizer = torch.optim.Adam([w], lr=LR, betas=(BETA1, BETA2), eps=EPS)

    def loss():
        x, y = w[0], w[1]
        if surface == "rosenbrock":
            return ((1 - x) ** 2 + 100 * (y - x * x) ** 2).sum()
        return (20 + x * x - 10 * torch.cos(TURN * x) + y * y - 10 * torch.cos(TURN * y)).sum()

    def run(first, updates):
        torch.set_num_threads(threads)
        for _ in range(updates):
            optimizer.zero_grad()
            loss().backward()
            optimizer.step()

    return run


PEERS = {}
if numpy is not None:
    PEERS["numpy-float32"] = lambda s, n: numpy_runner(s, n, numpy.float32)
    PEERS["numpy-float64"] = lambda s, n: numpy_runner(s, n, numpy.float64)
if torch is not None:
    # Which is faster, one thread or one a core, depends on the size and on the build.
    for threads in sorted({1, CORES}):
        label = f"{threads}-thread" + ("s" if threads > 1 else "")
        PEERS[f"torch-{label}"] = lambda s, n, threads=threads: torch_runner(s, n, threads)
        PEERS[f"torch-optim-{label}"] = lambda s, n, threads=threads: torch_optim_runner(s, n, threads)

print(json.dumps({
    "peers": list(PEERS),
    "python": sys.version.split()[0],
    "numpy": numpy.__version__ if numpy is not None else None,
    "torch": torch.__version__ if torch is not None else None,
}), flush=True)

runners = {}
for line in sys.stdin:
    ask = json.loads(line)
    key = (ask["peer"], ask["surface"], ask["particles"])
    if key not in runners:
        # One set of arrays at a time: a case is asked for again and again before the next one comes.
        runners = {k: v for k, v in runners.items() if k[1:] == key[1:]}
        run = PEERS[ask["peer"]](ask["surface"], ask["particles"])
        began = time.perf_counter()
        run(1, 2)
        runners[key] = [run, 3, (time.perf_counter() - began) / 2]
    run, t, each = runners[key]
    updates = max(1, round(ask["seconds"] / each))
    began = time.perf_counter()
    run(t, updates)
    took = time.perf_counter() - began
    runners[key] = [run, t + updates, took / updates]
    print(json.dumps({"rate": ask["particles"] * updates / took}), flush=True)
