// Package hub follows docs/hub.md, the recipe for a class on a JupyterHub, word by word, and uses what comes of it: a real hub with its real
// proxy, users of the machine with passwords, each in a browser of their own. Only root can, in the long tests.
package hub

import (
	"fmt"
	"net/http"
	"net/url"
	"os/exec"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"vaelab/cmd/vaelab/internal/labtest"
	"vaelab/cmd/vaelab/internal/labtest/page"
)

func TestHub(t *testing.T) {
	c := newClass(t)
	learners, teacher := []*person{c.who(ann), c.who(jörg)}, c.who(tess)
	c.root(only(t, "limits") + `"$COURSE/.vaelab/nbgrader/bin/python" -c "from systemdspawner import SystemdSpawner"`)
	if address, err := url.Parse(c.places["ADDRESS"]); err != nil {
		t.Fatal(err)
	} else {
		t.Run("class", func(t *testing.T) { c.lesson(t, address, learners, teacher) })
		secure := *address
		secure.Scheme = "https"
		t.Run("https", func(t *testing.T) {
			key, certificate := page.Certificate(t)
			s := c.serve(t, `c.JupyterHub.bind_url = "`+secure.String()+`"`, `c.JupyterHub.ssl_key = "`+key+`"`, `c.JupyterHub.ssl_cert = "`+certificate+`"`)
			s.answers(&secure)
			slides(t, s.enter(t, learners[0], ""))
		})
		t.Run("behind nginx", func(t *testing.T) {
			hub := url.URL{Scheme: "http", Host: fmt.Sprintf("127.0.0.1:%d", freePort(t)), Path: "/courses/vae/"}
			front := nginx(t, &hub)
			s := c.serve(t, `c.JupyterHub.bind_url = "`+hub.String()+`"`)
			s.answers(front)
			slides(t, s.enter(t, learners[0], ""))
		})
	}
}

// lesson is one hub's, with all that happens on it.
func (c *class) lesson(t *testing.T, address *url.URL, learners []*person, teacher *person) {
	s := c.serve(t, "c.JupyterHub.allow_named_servers = True")
	s.answers(address)
	labs := map[string]*page.Lab{}
	var mutex sync.Mutex
	all := append(slices.Clone(learners), teacher)
	t.Run("at once", func(t *testing.T) {
		for i, p := range all {
			other := all[(i+1)%len(all)]
			t.Run(p.name, func(t *testing.T) {
				t.Parallel()
				lab := s.enter(t, p, "")
				mutex.Lock()
				labs[p.name] = lab
				mutex.Unlock()
				t.Run("trains", func(t *testing.T) { trains(t, lab, p, other) }) // a page each
				t.Run("slides", func(t *testing.T) { slides(t, lab) })
				t.Run("answers", func(t *testing.T) { answers(t, lab) })
				p.keeps(t)
			})
		}
	})
	if t.Failed() {
		return
	}
	t.Run("apart", func(t *testing.T) { c.apart(t, s, learners, teacher) })
	t.Run("watched", func(t *testing.T) { watches(t, s, teacher, learners[1]) })
	t.Run("exchange", func(t *testing.T) { c.exchange(t, s) })
	t.Run("an update under a running kernel", func(t *testing.T) { c.update(t, s) })
	t.Run("two labs", func(t *testing.T) {
		slides(t, s.enter(t, learners[0], "second"))
		if servers := s.servers(learners[0].name); !slices.Contains(servers, "") || !slices.Contains(servers, "second") {
			t.Errorf("the servers are %q", servers)
		}
	})
	t.Run("a proxy that drops websockets", func(t *testing.T) {
		front := *s
		through := *address
		through.Host = page.Dropping(t, address)
		front.address = &through
		learners[1].tab = nil // logs in once more, by the other way
		stills(t, front.enter(t, learners[1], ""))
	})
}

// apart tries what nobody may: another's server, another's home, a learner the pages of a teacher.
func (c *class) apart(t *testing.T, s *served, learners []*person, teacher *person) {
	for _, p := range append(slices.Clone(learners), teacher) {
		for _, other := range append(slices.Clone(learners), teacher) {
			contents, want := other.server()+"api/contents", http.StatusForbidden
			if p == other {
				want = http.StatusOK
			}
			// The page is asked for first: it leads to the hub, which lets a browser in or doesn't.
			for _, path := range []string{other.server() + "lab", contents} {
				if status, text := s.ask(t, p, path); status != want {
					t.Errorf("%s gets %d from %s, not %d: %s", p.name, status, path, want, text)
				}
			}
			if _, err := p.as(t, "ls "+other.home); (err == nil) != (p == other) {
				t.Errorf("%s lists the home of %s: %v", p.name, other.name, err)
			}
			if status := s.get(t.Context(), contents); status != http.StatusForbidden {
				t.Errorf("without a login the server of %s answers %d, not 403", other.name, status)
			}
		}
		if out, err := p.as(t, "touch '"+c.places["COURSE"]+"/mine'"); err == nil {
			t.Errorf("%s writes into the clone: %s", p.name, out)
		}
		want := http.StatusNotFound
		if p == teacher {
			want = http.StatusOK
		}
		if status, _ := s.ask(t, p, p.server()+"formgrader/api/assignments"); status != want {
			t.Errorf("%s gets %d from formgrader, not %d", p.name, status, want)
		}
	}
}

// watches has a teacher look at who is there, and end and start a learner's server, all of which learners may not.
func watches(t *testing.T, s *served, teacher, learner *person) {
	if status, _ := s.ask(t, learner, "hub/admin"); status != http.StatusForbidden {
		t.Errorf("a learner gets %d from the page for teachers, not 403", status)
	}
	if status, text := s.ask(t, teacher, "hub/admin"); status != http.StatusOK {
		t.Fatalf("a teacher gets %d: %s", status, text)
	}
	if _, text := s.ask(t, teacher, "hub/api/users"); !strings.Contains(text, strconv.QuoteToASCII(learner.name)) {
		t.Errorf("a teacher isn't shown %s: %s", learner.name, text)
	}
	for _, step := range []struct {
		method string
		runs   bool
	}{{"DELETE", false}, {"POST", true}} {
		s.ask(t, teacher, "hub/home")
		status := evaluate[int](t, s, teacher, fmt.Sprintf(
			`fetch(%q, {method: %q, headers: {"X-XSRFToken": window.jhdata.xsrf_token}}).then((answer) => answer.status)`,
			s.address.Path+"hub/api/users/"+url.PathEscape(learner.name)+"/server", step.method))
		if status < 200 || status > 299 {
			t.Fatalf("a teacher's %s of a learner's server is answered by %d", step.method, status)
		}
		ctx, stop := labtest.Until(t.Context(), t)
		defer stop()
		for slices.Contains(s.servers(learner.name), "") != step.runs {
			select {
			case <-time.After(200 * time.Millisecond):
			case <-ctx.Done():
				t.Fatalf("after a teacher's %s the servers of %s are %q", step.method, learner.name, s.servers(learner.name))
			}
		}
	}
}

// TestPackages looks up what the recipe has Debian install, where there is Debian.
func TestPackages(t *testing.T) {
	line := regexp.MustCompile(`apt-get install --yes (.*)\n`).FindStringSubmatch(only(t, "apt"))
	if line == nil {
		t.Fatal("the recipe installs no packages")
	}
	apt, err := exec.LookPath("apt-cache")
	if err != nil {
		t.Skip(err)
	}
	known, err := exec.Command(apt, "pkgnames").Output()
	if err != nil || len(known) < 1e5 {
		t.Skip("this machine has no lists of Debian's packages")
	}
	for _, name := range strings.Fields(line[1]) {
		if !slices.Contains(strings.Fields(string(known)), name) {
			t.Errorf("Debian has no package %s", name)
		}
	}
}
