"""The course's VAE in JAX, as fast as JAX goes on one machine: a whole epoch is one compiled lax.scan.

Equal to the course's: 784-400-20-400-784 with ReLU, a Bernoulli decoder on grey pixels, weights and biases uniform in
1/sqrt(fan-in), Adam with its usual constants, whole batches of shuffled images (what is left over sits the epoch out),
losses in nats an image. The test images are measured after each epoch, all of them, with the same noise each time.

    python vae.py DIR EPOCHS LATENT SEED KL_WEIGHT...

DIR holds the images as plain IDX files. One model is trained for each KL weight, and compiled once. The seed draws the
weights, the order of the images, and all noise. A line of JSON tells each finished epoch.
"""
import json
import sys
import time
from functools import partial
from pathlib import Path

import jax
import jax.numpy as jnp
import numpy as np

HIDDEN, BATCH, RATE = 400, 128, 1e-3
BETA1, BETA2, EPSILON = 0.9, 0.999, 1e-8


def images(folder, name):
    raw = np.frombuffer(Path(folder, name).read_bytes(), np.uint8, offset=16)
    return jnp.asarray(raw.reshape(-1, 784).astype(np.float32) / 255)


def network(key, latent):
    sizes = {"hidden": (784, HIDDEN), "mean": (HIDDEN, latent), "logvar": (HIDDEN, latent),
             "widen": (latent, HIDDEN), "pixels": (HIDDEN, 784)}
    weights = {}
    for (name, (inputs, outputs)), k in zip(sizes.items(), jax.random.split(key, len(sizes))):
        bound = inputs**-0.5
        kw, kb = jax.random.split(k)
        weights[name] = (jax.random.uniform(kw, (inputs, outputs), minval=-bound, maxval=bound),
                         jax.random.uniform(kb, (outputs,), minval=-bound, maxval=bound))
    return weights


def loss(weights, x, noise, kl_weight):
    def layer(name, h):
        w, b = weights[name]
        return h @ w + b

    h = jax.nn.relu(layer("hidden", x))
    mean, logvar = layer("mean", h), layer("logvar", h)
    code = mean + jnp.exp(0.5 * logvar) * noise
    logits = layer("pixels", jax.nn.relu(layer("widen", code)))
    restored = (jax.nn.softplus(logits) - x * logits).sum(-1)
    kl = 0.5 * (mean**2 + jnp.exp(logvar) - 1 - logvar).sum(-1)
    return (restored + kl_weight * kl).mean()


@partial(jax.jit, donate_argnums=0)
def epoch(state, x, order, key, kl_weight):
    def step(carry, picked):
        (weights, m, v, t), key = carry
        key, k = jax.random.split(key)
        noise = jax.random.normal(k, (BATCH, weights["mean"][1].size))
        value, gradient = jax.value_and_grad(loss)(weights, x[picked], noise, kl_weight)
        t = t + 1
        m = jax.tree.map(lambda m, g: BETA1 * m + (1 - BETA1) * g, m, gradient)
        v = jax.tree.map(lambda v, g: BETA2 * v + (1 - BETA2) * g * g, v, gradient)
        a, b = 1 - BETA1**t, 1 - BETA2**t
        weights = jax.tree.map(lambda w, m, v: w - RATE * (m / a) / (jnp.sqrt(v / b) + EPSILON), weights, m, v)
        return ((weights, m, v, t), key), value

    (state, _), losses = jax.lax.scan(step, (state, key), order)
    return state, losses.mean()


def train(folder, epochs, latent, seed, kl_weights):
    x, test = images(folder, "train-images-idx3-ubyte"), images(folder, "t10k-images-idx3-ubyte")
    judge, rng = jax.jit(loss), np.random.default_rng(seed)
    weights_key, test_key, *epoch_keys = jax.random.split(jax.random.key(seed), 2 + epochs)
    steps = len(x) // BATCH
    for kl_weight in kl_weights:
        weights = network(weights_key, latent)
        zeros = jax.tree.map(jnp.zeros_like, weights)
        state = (weights, zeros, jax.tree.map(jnp.copy, zeros), jnp.float32(0))
        for number in range(1, epochs + 1):
            begin = time.perf_counter()
            order = rng.permutation(len(x))[: steps * BATCH].reshape(steps, BATCH)
            state, value = epoch(state, x, jnp.asarray(order), epoch_keys[number - 1], kl_weight)
            value.block_until_ready()
            seconds = time.perf_counter() - begin
            noise = jax.random.normal(test_key, (len(test), latent))
            print(json.dumps({"epoch": number, "seconds": seconds, "train_loss": float(value),
                              "test_loss": float(judge(state[0], test, noise, kl_weight))}), flush=True)


if __name__ == "__main__":
    folder, epochs, latent, seed, *kl_weights = sys.argv[1:]
    train(folder, int(epochs), int(latent), int(seed), [float(w) for w in kl_weights])
