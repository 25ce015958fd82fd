//go:build cgo && ((linux && (amd64 || arm64)) || (darwin && arm64))

package backend

import (
	"github.com/gomlx/compute"
	"github.com/gomlx/go-xla/compute/xla" // registers "xla" wherever plugins exist
	"github.com/gomlx/go-xla/pjrt"
)

func init() { openCPU = openDevices }

// openDevices opens XLA on the CPU as so many devices, usually one. Left to itself the plugin shows four, so that programs
// for several can be tried, and starts a thread for each. On two cores these four get into each other's way: training takes
// an eighth longer. The numbers are the same, to the last bit.
func openDevices(config string, devices int) (compute.Backend, error) {
	if b, err := xla.NewWithOptions(config, pjrt.NamedValuesMap{"cpu_device_count": int64(devices)}); err == nil {
		return b, nil
	}
	return xla.New(config) // a plugin that doesn't know the option
}
