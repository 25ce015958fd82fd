// Package tabbrowsers has the course opened in browsers that lack something.
package tabbrowsers

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"vaelab/cmd/vaelab/internal/labtest"
	"vaelab/cmd/vaelab/internal/labtest/tab"
)

const answer = "%%\nfmt.Println(6 * 7)"

// TestWithoutWebAssembly: the page comes, and a cell says why it can't run.
func TestWithoutWebAssembly(t *testing.T) {
	v := tab.Visit(t, tab.Serve(t, labtest.Site(t)))
	v.Before("delete globalThis.WebAssembly")
	v.Write("old.ipynb", answer)
	tab.Says(t, "a cell", v.Run(0, 1)[0], "no WebAssembly", "Use another browser")
	v.Clean()
}

// TestWithoutVectorInstructions: only what trains or computes needs them.
func TestWithoutVectorInstructions(t *testing.T) {
	v := tab.Visit(t, tab.Serve(t, labtest.Site(t)))
	v.Before(`(() => {
	const compile = WebAssembly.compile;
	WebAssembly.compile = (bytes) => bytes.length < 100000 ? Promise.reject(new WebAssembly.CompileError("invalid opcode 0xfd")) : compile(bytes);
})()`)
	v.Write("older.ipynb", append(tab.Training("2"), answer)...)
	cells := v.Run(0, 3)
	tab.Says(t, "a cell that trains", cells[1], "no vector instructions", "use a newer browser")
	tab.Says(t, "one that doesn't", cells[2], "42")
	v.Clean()
}

// TestComputingEnds: when the program that computes has ended, as for want of memory, the cell ends too, and goes on when it is run
// again.
func TestComputingEnds(t *testing.T) {
	labtest.Long(t)
	v := tab.Visit(t, tab.Serve(t, labtest.Site(t)))
	v.Before(`globalThis.Worker = class extends Worker {
	constructor(script, options) {
		super(script, options);
		if (options.name !== "compute" || globalThis.ended) return;
		const look = setInterval(() => {
			if (!/Epoch ([3-9]|[1-5]\d) of/.test(document.querySelector(".jp-Notebook").innerText)) return;
			clearInterval(look);
			globalThis.ended = true;
			this.terminate();
			this.onmessage({data: {what: "ended", code: 2, error: ""}});
		}, 20);
	}
}`)
	v.Write("ended.ipynb", append(tab.Training("20"), tab.Training("20")[1])...)
	cells := v.Run(0, 2)
	tab.Says(t, "the cell", cells[1], "The program that computes has ended", "run the cell again, finished epochs are kept")
	tab.Says(t, "the cell again", v.Run(2, 3)[0], "Went on after epoch", "20 epochs")
	v.Clean()
}

// TestStorageForbidden: cells run and train, and are told that nothing lasts.
func TestStorageForbidden(t *testing.T) {
	v := tab.Visit(t, tab.Serve(t, labtest.Site(t)))
	v.Before(`IDBFactory.prototype.open = () => { throw new DOMException("The operation is insecure.", "SecurityError") }`)
	v.Write("private.ipynb", append(tab.Training("2"), "%%\nfmt.Println(len(model(2).State.History), \"epochs again\")")...)
	cells := v.Run(0, 3)
	tab.Says(t, "the first cell", cells[0], "keeps nothing", "The operation is insecure", "gone when it is closed")
	tab.Says(t, "training", cells[1], "2 epochs")
	tab.Says(t, "the trained model", cells[2], "2 epochs again")
	if n := strings.Count(tab.Text(append(append(cells[0], cells[1]...), cells[2]...)), "keeps nothing"); n != 1 {
		t.Errorf("it is said %d times", n)
	}
}

// TestStorageFull: a training that the browser can't keep isn't lost while the page is open.
func TestStorageFull(t *testing.T) {
	v := tab.Visit(t, tab.Serve(t, labtest.Site(t)))
	v.Write("full.ipynb", append(tab.Training("3"), "%%\nfmt.Println(len(model(3).State.History), \"epochs again\")",
		`import "vaelab/vaelib/exercise"

func KL(mu, sigma float64) float64 { return 0.5 * (mu*mu + sigma*sigma - 1 - 2*math.Log(sigma)) }

%%
exercise.KLInOneDimension.Check(KL)
exercise.Progress()`)...)
	var ok bool
	v.Eval(`(() => { // as Chromium does it: the transaction is ended, with this error
	const put = IDBObjectStore.prototype.put;
	IDBObjectStore.prototype.put = function (...args) {
		const asked = put.apply(this, args);
		Object.defineProperty(this.transaction, "error", {value: new DOMException("", "QuotaExceededError")});
		this.transaction.abort();
		return asked;
	};
	return true;
})()`, &ok)
	cells := v.Run(0, 4)
	tab.Says(t, "training", cells[1], "its room for this site is full", "gone when this page is closed", "3 epochs")
	tab.Says(t, "the trained model", cells[2], "3 epochs again")
	tab.Says(t, "an exercise", cells[3], "1 of ")
	v.Screenshot("full.png") // and not Clean: JupyterLite's own writes are refused too, and it doesn't catch all of it
}

// TestPlainHTTP: away from localhost, without a service worker, all works, and what doesn't is said at the first visit.
func TestPlainHTTP(t *testing.T) {
	site := tab.Serve(t, labtest.Site(t))
	site.As("course.test")
	v := tab.VisitBy(t, site, chromedp.Flag("host-resolver-rules", "MAP course.test 127.0.0.1"))
	v.Write("plain.ipynb", append(tab.Training("2"), answer)...)
	var secure bool
	v.Eval("isSecureContext", &secure)
	if secure {
		t.Fatal("this is a secure context: the test tests nothing")
	}
	cells := v.Run(0, 3)
	tab.Says(t, "the first cell", cells[0], "plain http", "without a network")
	tab.Says(t, "training", cells[1], "2 epochs")
	if said := tab.Text(cells[2]); said != "42\n" {
		t.Errorf("the third cell says %s", said)
	}
	v.Write("plain.ipynb", answer)
	if said := tab.Text(v.Run(0, 1)[0]); said != "42\n" {
		t.Errorf("at the next visit a cell says %s", said)
	}
	v.Clean()
}
