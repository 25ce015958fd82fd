//go:build linux

package slurm

import (
	"bytes"
	"fmt"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"vaelab/cmd/vaelab/internal/labtest"
)

// cluster is a controller and two nodes of Slurm's, all on this machine.
type cluster struct {
	dir, conf string
	nodes     map[string]*exec.Cmd
	ports     map[string]int
}

// programs are Debian's slurm-wlm and what belongs to it.
var programs = []string{"munged", "slurmctld", "slurmd", "sbatch", "squeue", "sinfo", "scontrol"}

// start starts a cluster with an authentication of its own.
func start(t *testing.T) *cluster {
	t.Helper()
	labtest.Long(t)
	if os.Geteuid() != 0 {
		t.Skip("Slurm's daemons are started by root")
	}
	for _, name := range programs {
		if _, err := exec.LookPath(name); err != nil {
			t.Skipf("%v: apt-get install slurm-wlm", err)
		}
	}
	// Not below the test's folder: munged trusts no path in which others may write, and sockets' paths are short.
	dir, err := os.MkdirTemp("/run", "vaelab-slurm-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	c := &cluster{dir: dir, conf: filepath.Join(dir, "slurm.conf"), nodes: map[string]*exec.Cmd{}, ports: map[string]int{}}
	if err := os.Chmod(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	c.authenticate(t)
	host, err := os.Hostname()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { // of a test that has failed in the middle
		for _, pid := range processes(t, "SLURM_CONF="+c.conf) {
			_ = syscall.Kill(pid, syscall.SIGKILL)
		}
	})
	control := freePort(t)
	text := fmt.Sprintf(`ClusterName=vaelab
SlurmctldHost=%[1]s(127.0.0.1)
SlurmctldPort=%[2]d
SlurmUser=root
AuthType=auth/munge
AuthInfo=socket=%[3]s/munge.socket
CommunicationParameters=NoCtldInAddrAny,NoInAddrAny
StateSaveLocation=%[3]s/state
SlurmdSpoolDir=%[3]s/spool-%%n
SlurmctldPidFile=%[3]s/slurmctld.pid
SlurmdPidFile=%[3]s/slurmd-%%n.pid
SlurmctldLogFile=%[3]s/slurmctld.log
SlurmdLogFile=%[3]s/slurmd-%%n.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
MailProg=/bin/true
ReturnToService=2
SlurmdTimeout=10
KillWait=5
MinJobAge=3600
`, host, control, dir)
	for _, node := range []string{"n1", "n2"} {
		c.ports[node] = freePort(t)
		text += fmt.Sprintf("NodeName=%s NodeHostname=%s NodeAddr=127.0.0.1 Port=%d CPUs=1 State=UNKNOWN\n", node, host, c.ports[node])
	}
	text += "PartitionName=all Nodes=n1,n2 Default=YES MaxTime=INFINITE State=UP\n"
	if err := os.WriteFile(c.conf, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(filepath.Join(dir, "state"), 0o700); err != nil {
		t.Fatal(err)
	}
	c.daemon(t, "slurmctld", "-D", "-f", c.conf)
	c.revive(t, "n1")
	c.revive(t, "n2")
	t.Cleanup(func() {
		if t.Failed() {
			for _, name := range []string{"slurmctld.log", "slurmd-n1.log", "slurmd-n2.log"} {
				text, _ := os.ReadFile(filepath.Join(dir, name))
				t.Logf("%s ends with\n%s", name, text[max(0, len(text)-3000):])
			}
		}
	})
	c.until(t, "both nodes to be idle", func() bool { return strings.Count(c.run(t, "sinfo", "-h", "-N", "-o", "%T"), "idle") == 2 })
	return c
}

// authenticate starts munged with a key of its own, as the user that Debian's package makes for it.
func (c *cluster) authenticate(t *testing.T) {
	t.Helper()
	who, err := user.Lookup("munge")
	if err != nil {
		t.Skip(err)
	}
	uid, _ := strconv.Atoi(who.Uid)
	gid, _ := strconv.Atoi(who.Gid)
	folder := filepath.Join(c.dir, "munge")
	key := filepath.Join(folder, "key")
	if err := os.Mkdir(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(key, bytes.Repeat([]byte("not secret "), 100), 0o400); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{folder, key} {
		if err := os.Chown(path, uid, gid); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Chown(c.dir, uid, gid); err != nil { // it makes its socket there, for all
		t.Fatal(err)
	}
	cmd := c.prepared("munged", "--foreground", "--force", "--key-file="+key, "--socket="+filepath.Join(c.dir, "munge.socket"),
		"--pid-file="+filepath.Join(folder, "pid"), "--log-file="+filepath.Join(folder, "log"), "--seed-file="+filepath.Join(folder, "seed"))
	cmd.SysProcAttr.Credential = &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
	c.begin(t, cmd)
	c.until(t, "munged", func() bool {
		_, err := os.Stat(filepath.Join(c.dir, "munge.socket"))
		return err == nil
	})
}

// env is what Slurm's commands are run with.
func (c *cluster) env() []string { return append(os.Environ(), "SLURM_CONF="+c.conf) }

func (c *cluster) prepared(name string, args ...string) *exec.Cmd {
	cmd := exec.Command(name, args...)
	cmd.Env, cmd.SysProcAttr = c.env(), &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL} // so that hardly anything outlives a test that is killed
	return cmd
}

func (c *cluster) daemon(t *testing.T, name string, args ...string) *exec.Cmd {
	t.Helper()
	cmd := c.prepared(name, args...)
	c.begin(t, cmd)
	return cmd
}

// begin starts a program that is ended with the test.
func (c *cluster) begin(t *testing.T, cmd *exec.Cmd) {
	t.Helper()
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait() // it was killed
	})
}

// revive starts a node's daemon.
func (c *cluster) revive(t *testing.T, node string) {
	t.Helper()
	c.nodes[node] = c.daemon(t, "slurmd", "-D", "-N", node, "-f", c.conf)
}

// vanish lets a node vanish, with all that it runs, so that nothing of it is tidied up: locks stay held. It gives what stands still.
func (c *cluster) vanish(t *testing.T, node string) (still []int) {
	t.Helper()
	if err := c.nodes[node].Process.Kill(); err != nil {
		t.Fatal(err)
	}
	still = processes(t, "SLURMD_NODENAME="+node)
	if len(still) == 0 {
		t.Fatalf("%s runs nothing", node)
	}
	for _, pid := range still {
		_ = syscall.Kill(pid, syscall.SIGSTOP) // one that has ended meanwhile stands still
	}
	return still
}

// processes are those with this in their environment.
func processes(t *testing.T, kv string) (list []int) {
	t.Helper()
	files, err := filepath.Glob("/proc/[0-9]*/environ")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		text, err := os.ReadFile(name)
		if err != nil {
			continue // it has ended
		}
		if bytes.Contains(append([]byte{0}, text...), []byte("\x00"+kv+"\x00")) {
			pid, _ := strconv.Atoi(strings.Split(name, "/")[2])
			list = append(list, pid)
		}
	}
	return list
}

// run gives what a command of Slurm's says.
func (c *cluster) run(t *testing.T, name string, args ...string) string {
	t.Helper()
	out, err := c.prepared(name, args...).CombinedOutput()
	if err != nil {
		return fmt.Sprintf("%v: %s", err, out) // the controller may be starting
	}
	return string(out)
}

// until waits. That has no limit of its own: the test's is enough.
func (c *cluster) until(t *testing.T, what string, ready func() bool) {
	t.Helper()
	for begun := time.Now(); !ready(); time.Sleep(300 * time.Millisecond) {
		if err := t.Context().Err(); err != nil {
			t.Fatalf("waiting for %s: %v", what, err)
		}
		if time.Since(begun) > time.Minute {
			t.Logf("still waiting for %s: %s", what, c.run(t, "squeue", "-h", "-o", "%i %T %r %N"))
			begun = time.Now()
		}
	}
}

func freePort(t *testing.T) int {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port
}
