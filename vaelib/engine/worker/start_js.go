package worker

import (
	"syscall/js"

	"vaelab/vaelib/internal/tab"
	"vaelab/vaelib/run"
	"vaelab/vaelib/words"
)

// Start gives a worker whose program is started in a worker of the browser's by the first question, and ends when this program
// does. What computes is known before, so that a cell which only loads what is kept needn't wait. Several runs are trained by as many
// programs as the machine has cores, up to most.
func Start() (*Worker, error) {
	host, ok := tab.Host()
	if !ok {
		return nil, words.Errorf("the program that computes can't be started: this program runs in no notebook of a browser's tab")
	}
	w := inTab(host)
	for range min(tab.Cores(), most) - 1 {
		w.crew = append(w.crew, inTab(host))
	}
	return w, nil
}

// most is how many programs train side by side: each takes some 150 MB.
const most = 4

func inTab(host js.Value) *Worker {
	w := newWorker()
	w.backend = run.Backend{Name: run.PureGo.Name, Words: words.Text(run.PureGo.Words)}
	w.dial = func() (*line, error) {
		port, err := tab.Await(host.Call("compute"))
		if err != nil {
			return nil, words.Errorf("the program that computes can't be started: %w", err)
		}
		p := tab.Port(port)
		return newLine(p, p, func(asked bool) error {
			if asked {
				return nil
			}
			return words.Errorf("the program that computes has ended, perhaps for want of memory: run the cell again, finished epochs are kept")
		}), nil
	}
	return w
}
