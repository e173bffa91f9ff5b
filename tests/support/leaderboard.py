"""Writes tests/golden/leaderboard.json: results of races, and what their statistics are by another road than the project's:
binomial sums in whole numbers, and resamples by numpy's own generator. Run it with numpy at hand:

    python3 tests/support/leaderboard.py > tests/golden/leaderboard.json
"""

import json
import math
from fractions import Fraction

import numpy as np

STARTS = 48
LANES = 4
BUDGET = 400
RESAMPLES = 200_000

rng = np.random.default_rng(20261128)


def wilson(successes, count, z=1.959963984540054):
    # The roots of (p - share)^2 = z^2 p (1 - p) / count, which is where the interval comes from.
    share = successes / count
    a = 1 + z * z / count
    b = -(2 * share + z * z / count)
    c = share * share
    root = math.sqrt(max(0.0, b * b - 4 * a * c))
    return [(-b - root) / (2 * a), (-b + root) / (2 * a)]


def at_least(n, k, m):
    """P(Bin(n, k/n) >= m) as a fraction."""
    return Fraction(sum(math.comb(n, j) * k**j * (n - k) ** (n - j) for j in range(m, n + 1)), n**n)


def quantile(values, q):
    ordered = sorted(values)
    n = len(ordered)
    rank = math.floor(q * (n - 1))
    ends = [next(k for k in range(1, n + 1) if at_least(n, k, rank + 1) >= p) for p in (Fraction(25, 1000), Fraction(975, 1000))]
    return [ordered[rank], ordered[ends[0] - 1], ordered[ends[1] - 1]]


def ert(reached, spent, weights):
    hit = np.isfinite(reached)
    cost = np.where(hit, reached, spent)
    successes = weights @ hit
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(successes > 0, (weights @ cost) / successes, np.inf)


# A hard start is hard for all lanes.
difficulty = rng.lognormal(0, 0.8, STARTS)
lanes = []
for speed, failing in ((90, 0.05), (100, 0.05), (180, 0.3), (1e9, 0)):
    reached = np.round(speed * difficulty * rng.lognormal(0, 0.15, STARTS))
    reached = np.where((reached > BUDGET) | (rng.random(STARTS) < failing), np.inf, reached)
    losses = np.where(np.isfinite(reached), rng.random(STARTS) * 1e-3, rng.random(STARTS) * 10)
    gone = rng.random(STARTS) < failing / 2
    losses = np.where(gone & ~np.isfinite(reached), np.inf, losses)
    lanes.append((reached, losses))

spent = np.full(STARTS, float(BUDGET))
weights = rng.multinomial(STARTS, np.full(STARTS, 1 / STARTS), RESAMPLES).astype(float)
expected = [ert(reached, spent, weights) for reached, _ in lanes]
actual = [float(ert(reached, spent, np.ones((1, STARTS)))[0]) for reached, _ in lanes]


def percentiles(values):
    ordered = np.sort(values)
    return [float(ordered[math.ceil(p * len(ordered)) - 1]) for p in (0.025, 0.975)]


def two_sided(a, b):
    low = np.sum(a <= b) + 1
    high = np.sum(a >= b) + 1
    return float(min(1, 2 * min(low, high) / (RESAMPLES + 1)))


at = [50, 100, 200, 400]
bands = []
for reached, _ in lanes:
    shares = np.stack([weights @ (reached <= limit) / STARTS for limit in at])
    bands.append([percentiles(row) for row in shares])

# Several targets of one lane: what a start does to one it does to all, so that starts are resampled and not pairs.
several = [np.where(scale * lanes[0][0] > BUDGET, np.inf, scale * lanes[0][0]) for scale in (0.5, 1.0, 1.5)]
counts = [sum((reached <= limit).astype(float) for reached in several) for limit in at]
targets = {
    "evaluations": [reached.tolist() for reached in several],
    "shares": [float(row.mean() / len(several)) for row in counts],
    "band": [percentiles(weights @ row / STARTS / len(several)) for row in counts],
}


def text(value):
    return "inf" if math.isinf(value) else value


def plain(value):
    if isinstance(value, list):
        return [plain(entry) for entry in value]
    if isinstance(value, dict):
        return {key: plain(entry) for key, entry in value.items()}
    return text(float(value)) if isinstance(value, (float, np.floating)) else value


first = actual.index(min(actual))
print(
    json.dumps(
        plain(
            {
                "made": f"numpy {np.__version__}",
                "budget": BUDGET,
                "lanes": [
                    {
                        "reached": reached.tolist(),
                        "losses": losses.tolist(),
                        "success": wilson(int(np.isfinite(reached).sum()), STARTS),
                        "diverged": wilson(int(np.isinf(losses).sum()), STARTS),
                        "evaluations": quantile(reached.tolist(), 0.5),
                        "loss": {str(q): quantile(losses.tolist(), q) for q in (0.1, 0.5, 0.9)},
                        "expected": [actual[k], *percentiles(expected[k])],
                        "ratio": None
                        if k == first or math.isinf(actual[k])
                        else [actual[k] / actual[first], *percentiles(expected[k] / expected[first])],
                        "p": None if k == first else two_sided(expected[first], expected[k]),
                        "band": bands[k],
                    }
                    for k, (reached, losses) in enumerate(lanes)
                ],
                "pairs": [two_sided(expected[a], expected[b]) for a in range(LANES) for b in range(a + 1, LANES)],
                "at": at,
                "targets": targets,
                "binomial": [
                    [n, k, m, float(at_least(n, k, m))] for n, k, m in ((5, 2, 3), (48, 24, 24), (48, 1, 9), (200, 150, 130), (1000, 500, 540))
                ],
            }
        ),
    )
)
