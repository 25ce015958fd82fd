package hub

import (
	"encoding/json"
	"fmt"
	"net/http"
	"regexp"
	"strconv"
	"testing"

	"vaelab/cmd/internal/browser"
	"vaelab/cmd/vaelab/internal/labtest"

	"github.com/chromedp/chromedp"
)

// ended is what a block is followed by, when it has ended.
var ended = regexp.MustCompile(`the block has ended: (\d+)`)

// types has a block typed into a terminal of a person's JupyterLab, through the websocket that its page has: in the shell that JupyterLab
// starts, with what that shell makes of the server's environment. It gives what the terminal shows and the block's code.
func (s *served) types(t *testing.T, p *person, block string) (shown string, code int) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, s.address.String()+p.server()+"api/terminals", nil)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Authorization", "token "+s.token)
	resp, err := anybody.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	var terminal struct{ Name string }
	if err := json.NewDecoder(resp.Body).Decode(&terminal); err != nil || terminal.Name == "" {
		t.Fatalf("%s gets no terminal: status %d, %v", p.name, resp.StatusCode, err)
	}
	s.ask(t, p, p.server()+"api/status") // the server knows the browser from here on
	s.ask(t, p, "hub/home")
	text, err := json.Marshal("( set -euo pipefail\n" + block + ")\necho \"the block has ended: $?\"\n")
	if err != nil {
		t.Fatal(err)
	}
	shown = evaluate[string](t, s, p, fmt.Sprintf(`new Promise((done) => {
		const socket = new WebSocket(location.origin.replace(/^http/, "ws") + %q);
		let shown = "";
		socket.onopen = () => {
			socket.send(JSON.stringify(["set_size", 50, 200, 0, 0]));
			socket.send(JSON.stringify(["stdin", %s.replaceAll("\n", "\r")]));
		};
		socket.onmessage = (message) => {
			const [kind, text] = JSON.parse(message.data);
			if (kind == "stdout") shown += text;
			if (kind == "disconnect" || /%s/.test(shown)) socket.close();
		};
		socket.onclose = () => done(shown);
	})`, s.address.Path+p.server()+"terminals/websocket/"+terminal.Name, text, ended))
	said := ended.FindStringSubmatch(shown)
	if said == nil {
		t.Fatalf("the terminal of %s closes before\n%s\nhas ended:\n%s", p.name, block, shown)
	}
	code, err = strconv.Atoi(said[1])
	if err != nil {
		t.Fatal(err)
	}
	return shown, code
}

// evaluate gives the value of an expression, or of the promise that it is, in the page that a person's browser is at.
func evaluate[V any](t *testing.T, s *served, p *person, expression string) (value V) {
	t.Helper()
	ctx, stop := labtest.Until(p.tab, t)
	defer stop()
	if err := chromedp.Run(ctx, browser.Evaluate(expression, &value)); err != nil {
		t.Fatalf("%v; the hub's log:\n%s", err, labtest.Read(t, s.log))
	}
	return value
}
