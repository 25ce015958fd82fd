// Package path has paths round an obstacle: demonstrations, as a teacher of robots gives them, and what a policy makes of them.
package path
