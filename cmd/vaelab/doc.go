// Command vaelab opens the course and does without a browser what the course does in it.
//
//	go run ./cmd/vaelab                     make what is missing, open JupyterLab on notebooks/
//	go run ./cmd/vaelab exec NOTEBOOK…      execute notebooks with the real kernel
//	go run ./cmd/vaelab train               train a model
//	go run ./cmd/vaelab study FILE          train what a study's file names
//	go run ./cmd/vaelab export RUN          write its networks as ONNX models
//	go run ./cmd/vaelab import FILE         keep weights that were trained elsewhere
//	go run ./cmd/vaelab setup               only make what is missing
//	go run ./cmd/vaelab nbgrader DIR        make a course for nbgrader, and run nbgrader on it
//	go run ./cmd/vaelab notebooks           make the learners' notebooks from those with solutions
//	go run ./cmd/vaelab bench               measure how fast all that is
//
// Everything that it makes lies under .vaelab in the clone; see docs/setup.md. It doesn't link GoMLX, so that go run
// compiles it in a moment. The programs that do are cmd/vaecompute, which computes for cells, cmd/vaetrain, cmd/vaestudy and cmd/vaebench;
// vaelab builds and runs them. cmd/vaegpu is built for itself, since it goes to a machine without a clone; see docs/gpu.md.
package main
