// Package slurm has studies trained by a real Slurm, a controller and two nodes on this machine, and takes a node away in the middle. Only
// root can, in the long tests, where Debian's slurm-wlm is installed.
package slurm
