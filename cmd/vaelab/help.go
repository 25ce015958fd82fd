package main

const help = `vaelab is a course in notebooks: what KL divergence does in a variational autoencoder.

  go run ./cmd/vaelab [flags]
      makes what is missing under .vaelab (a few minutes the first time, a moment afterwards) and opens JupyterLab
      on notebooks/. Ctrl-C ends it.
        -no-browser       print the page's address and open no browser
        -port N           serve on port N (default: 8888, or the next free one)

  go run ./cmd/vaelab exec NOTEBOOK… [flags]
      executes notebooks from top to bottom with the real kernel and stops at the first cell that fails.
        -out DIR          folder for the executed copies (default: .vaelab/executed)
        -timeout D        longest time for one cell, such as 90s or 20m; 0: no limit (default: 30m)
        -times            print how long each cell took

  go run ./cmd/vaelab train [flags]
      trains a model without a browser; go run ./cmd/vaelab train -h lists its flags.

  go run ./cmd/vaelab setup [-for lab]
      only makes what is missing. -for notebooks leaves out completion for the editor, which exec doesn't need, and
      -for training makes only what train needs.

  go run ./cmd/vaelab bench [training] [sweep] [estimators] [cells] [go] [flags]
      measures how fast the course is, in turns with JAX and NumPy where they are installed; what a warm cell takes, where
      the lab is set up; and pure Go beside XLA. Without a name all of them. See docs/performance.md.
        -peers            installs JAX and NumPy for it, into .vaelab/peers
        -pairs N          turns of each, and seeds of the training (default: 5)
        -sample           train on the sample, though the full Fashion-MNIST is there
        -growth           measure and draw how time and memory grow, instead of the rest
        -pictures DIR     where to draw them (default: docs/pictures)
        -json FILE        write all numbers there

  go run ./cmd/vaelab bench start [flags]
      opens the lab as a newcomer does, in a fresh copy of the clone with empty caches, and looks at it in a browser: when the
      address, the start page, the first figure of notebook 01 and the first trained picture are there. Takes some minutes,
      3 GB in the folder for temporary files ($TMPDIR), and a network.
        -warm             a second start, too
        -keep DIR         keep pictures of the page, and what the lab said, there
        -json FILE        write all numbers there

  go run ./cmd/vaelab nbgrader DIR [WORDS]
      for teachers: makes DIR a course of nbgrader's, with the notebooks that have exercises, and runs nbgrader WORDS
      in it, such as generate_assignment or autograde. See docs/teachers.md.

  go run ./cmd/vaelab notebooks [-check]
      for authors: makes the learners' notebooks from notebooks/solutions, or only checks that they are current.

All that compute take
        -backend B        what computes: xla (the CPU), xla:cuda (an NVIDIA GPU), xla:/path/to/plugin.so, or
                          go (no XLA: works everywhere, ten to thirty times slower). Without it: GOMLX_BACKEND if that
                          is set, else xla where it can be had, else go.

Delete .vaelab to undo everything. More: docs/setup.md; when something goes wrong: docs/troubleshooting.md.
`
