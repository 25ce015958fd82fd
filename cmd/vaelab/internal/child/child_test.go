package child

import (
	"bufio"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"
)

// TestMain lets the test's binary stand in for a program that starts a child and is then killed.
func TestMain(m *testing.M) {
	if os.Getenv("CHILD_TEST_PARENT") == "" {
		os.Exit(m.Run())
	}
	cmd := exec.Command("sh", "-c", "echo started; exec sleep 300")
	cmd.Stdout = os.Stdout
	if os.Getenv("CHILD_TEST_PARENT") == "beside" {
		_ = Run(cmd)
		return
	}
	release, err := Start(cmd)
	if err != nil {
		os.Exit(1)
	}
	defer release()
	_ = cmd.Wait()
}

func TestChildEndsWithItsParent(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("only Linux ends children of a killed program")
	}
	for _, how := range []string{"apart", "beside"} {
		t.Run(how, func(t *testing.T) { endsWithItsParent(t, how) })
	}
}

func endsWithItsParent(t *testing.T, how string) {
	parent := exec.Command(os.Args[0])
	parent.Env = append(os.Environ(), "CHILD_TEST_PARENT="+how)
	out, err := parent.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := parent.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewReader(out)
	if line, err := lines.ReadString('\n'); err != nil || !strings.Contains(line, "started") {
		t.Fatalf("%q, %v", line, err)
	}
	if err := parent.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	// The child holds the other end of the pipe: the pipe ends when the child does.
	ended := make(chan error, 1)
	go func() { _, err := lines.ReadString('\n'); ended <- err }()
	select {
	case <-ended:
	case <-time.After(time.Minute):
		t.Error("the child outlives its parent")
	}
	_ = parent.Wait()
}

func TestSignalReachesTheGroup(t *testing.T) {
	cmd := exec.Command("sh", "-c", "sleep 300 & echo started; wait")
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	release, err := Start(cmd)
	if err != nil {
		t.Fatal(err)
	}
	defer release()
	lines := bufio.NewReader(out)
	if line, err := lines.ReadString('\n'); err != nil || line != "started\n" {
		t.Fatalf("%q, %v", line, err)
	}
	if err := Signal(cmd, syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	// What the child has started holds the other end of the pipe too.
	ended := make(chan error, 1)
	go func() { _, err := lines.ReadString('\n'); ended <- err }()
	select {
	case <-ended:
	case <-time.After(time.Minute):
		t.Error("what the child has started outlives it")
	}
	if err := cmd.Wait(); err == nil {
		t.Error("the child ended by itself")
	}
}
