package main

import (
	"context"

	"github.com/gomlx/compute"

	"vaelab/vaelib/words"
)

// opened is what an open plugin says of itself.
type opened struct {
	Backend string   `json:"backend"` // as runs are kept under
	Plugin  string   `json:"plugin"`
	Devices []string `json:"devices"`
}

func openTask(_ context.Context, t *task) (any, error) {
	b := t.backend.Compute
	o := opened{Backend: t.backend.Name, Plugin: b.Description()}
	for i := range b.NumDevices() {
		o.Devices = append(o.Devices, b.DeviceDescription(compute.DeviceNum(i)))
	}
	return o, nil
}

// opens is step 1.
func (c *check) opens(ctx context.Context) (finding, error) {
	place, err := c.card("")
	if err != nil {
		return finding{}, err
	}
	o, err := ask[opened](ctx, c, place, request{Task: "open"})
	c.devices = len(o.Devices)
	var says []string
	if c.cuda && len(c.folder.Libraries) == 0 {
		says = append(says, words.Say("There are no libraries of NVIDIA's below the folder: if there are any, they are the system's."))
	}
	if err == nil && len(o.Devices) == 0 {
		err = words.Errorf("the plugin shows no device")
	}
	if err != nil {
		return finding{says, o}, err
	}
	says = append(says, o.Plugin)
	return finding{append(says, o.Devices...), o}, nil
}
