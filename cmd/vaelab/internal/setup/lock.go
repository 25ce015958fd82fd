package setup

import (
	"context"
	"errors"
	"os"
	"syscall"
	"time"

	"vaelab/vaelib/words"
)

// lock keeps two set-ups of one clone apart. waiting is called once if another one is at work. The lock goes with the
// process, so a killed set-up leaves none behind.
//
// It is the system's own flock: this command uses nothing but the standard library, so that on a fresh clone without
// a network it still starts and can say what is wrong.
func (l Layout) lock(ctx context.Context, name string, waiting func()) (unlock func(), err error) {
	if err := os.MkdirAll(l.Dir(), 0o755); err != nil {
		return nil, explain(words.Say("The folder %s", l.Dir()), err, "")
	}
	f, err := os.OpenFile(l.Under(name+".lock"), os.O_CREATE|os.O_RDWR, 0o644)
	if err != nil {
		return nil, explain(words.Say("The lock in %s", l.Dir()), err, "")
	}
	for waited := false; ; waited = true {
		err = syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
		switch {
		case err == nil:
			return func() { _ = f.Close() }, nil
		case errors.Is(err, syscall.EINTR):
			continue
		case !errors.Is(err, syscall.EWOULDBLOCK):
			_ = f.Close()
			return nil, explain(words.Say("The lock in %s", l.Dir()), err, "")
		case !waited:
			waiting()
		}
		select {
		case <-ctx.Done():
			_ = f.Close()
			return nil, context.Cause(ctx)
		case <-time.After(200 * time.Millisecond):
		}
	}
}
