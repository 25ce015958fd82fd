"""The KL room's three estimators in NumPy, on one core and on all, one process for each core.

    python estimators.py SAMPLES REPEATS

Samples are drawn in blocks that fit a core's cache, where NumPy is fastest. A line of JSON tells each rate.
"""
import json
import math
import multiprocessing
import os
import statistics
import sys
import time

import numpy as np

BLOCK = 8192
Q, P, FROM = (1.0, 0.9), (0.0, 1.0), (0.5, 1.5)  # mean and spread, as in the course's benchmark


def log_density(x, mean, sigma):
    u = (x - mean) * (1 / sigma)
    u *= u
    u *= -0.5
    u -= math.log(sigma) + 0.5 * math.log(2 * math.pi)
    return u


def log_ratio(rng):
    x = rng.normal(*Q, BLOCK)
    return log_density(x, *Q) - log_density(x, *P)


def low_variance(rng):
    x = rng.normal(*Q, BLOCK)
    log_r = log_density(x, *P) - log_density(x, *Q)
    return np.expm1(log_r) - log_r


def importance(rng):
    x = rng.normal(*FROM, BLOCK)
    log_q = log_density(x, *Q)
    return np.exp(log_q - log_density(x, *FROM)) * (log_q - log_density(x, *P))


ESTIMATORS = {"log ratio": log_ratio, "low variance": low_variance, "importance": importance}


def moments(job):
    """Mean and spread over the blocks of one core, as an estimate and its standard error need them."""
    name, seed, blocks = job
    rng = np.random.default_rng(seed)
    total = squares = 0.0
    for _ in range(blocks):
        terms = ESTIMATORS[name](rng)
        total += terms.sum()
        squares += terms @ terms
    return total, squares


def rate(name, samples, repeats, cores, run):
    blocks = max(1, samples // BLOCK // cores)
    seconds = []
    for i in range(repeats + 1):
        begin = time.perf_counter()
        run(moments, [(name, seed, blocks) for seed in range(cores)])
        if i:
            seconds.append(time.perf_counter() - begin)
    return {"name": name, "cores": cores, "per_second": blocks * cores * BLOCK / statistics.median(seconds)}


if __name__ == "__main__":
    samples, repeats = int(sys.argv[1]), int(sys.argv[2])
    cores = os.cpu_count()
    with multiprocessing.Pool(cores) as pool:
        for name in ESTIMATORS:
            print(json.dumps(rate(name, samples, repeats, 1, lambda f, jobs: [f(j) for j in jobs])), flush=True)
            if cores > 1:
                print(json.dumps(rate(name, samples, repeats, cores, pool.map)), flush=True)
