package training

import (
	"sync"

	"github.com/gomlx/compute"
	"github.com/gomlx/compute/distributed"
	"github.com/gomlx/gomlx/core/graph"
	"github.com/gomlx/gomlx/core/tensors"
	"github.com/gomlx/gomlx/core/tensors/dtensor"

	"vaelab/vaelib/backend"
	"vaelab/vaelib/run"
	"vaelab/vaelib/words"
)

// split lays a step out over several devices, for data-parallel training: each device holds all weights and moments,
// and is handed an equal part of every batch. The zero split is one device.
//
// The step's graph is the one for a single device. From where its inputs lie XLA's partitioner works out which part of
// the arithmetic each device does, and where sums over the batch have to be added up between them: those of the
// gradients, in one exchange a step. So a mean over the batch, in a loss or in the objective's free bits and target rate,
// is the mean over the whole batch, however many devices share it.
type split struct {
	mesh  *distributed.DeviceMesh
	batch *distributed.ShardingSpec // [steps, batch, …] with each batch divided
	whole *distributed.ShardingSpec // the same on each device
}

func newSplit(devices int) (s split, err error) {
	if devices < 2 {
		return s, nil
	}
	const axis = "data"
	if s.mesh, err = distributed.NewDeviceMesh([]int{devices}, []string{axis}); err != nil {
		return s, err
	}
	s.whole = distributed.NewReplicatedShardingSpec(s.mesh)
	s.batch, err = distributed.BuildSpec(s.mesh).R().S(axis).Done()
	return s, err
}

func (s split) devices() int {
	if s.mesh == nil {
		return 1
	}
	return s.mesh.NumDevices()
}

// layOut makes an executor of newStepper run over the devices: images and noise come in parts, all else is whole.
func (s split) layOut(step *graph.Exec) {
	if s.devices() > 1 {
		step.AutoSharding(s.mesh).WithInputShardingSpecs(s.batch, s.batch, s.whole).WithOutputShardingSpecs(s.whole)
	}
}

// parts divides [steps, batch, …] into [steps, batch/devices, …] for each device.
func (s split) parts(x *tensors.Tensor) ([]*tensors.Tensor, error) {
	if s.devices() == 1 {
		return []*tensors.Tensor{x}, nil
	}
	d, err := dtensor.ShardTensor(s.batch, x)
	if err != nil {
		return nil, err
	}
	return d.Shards(), nil
}

// launch is held while an execution over several devices is handed to them. Two such executions must begin in the same
// order on each device, or each may wait for the other's sums.
var launch sync.Mutex

// call makes the chunk's steps from the state on each device. It gives the terms, and the new states in the old ones' memory.
func (s split) call(b compute.Backend, step *graph.Exec, c chunk, states [][]*tensors.Tensor) (*tensors.Tensor, [][]*tensors.Tensor, error) {
	images, err := s.parts(c.images)
	if err != nil {
		return nil, nil, err
	}
	noise, err := s.parts(c.noise)
	if err != nil {
		return nil, nil, err
	}
	var args []any
	for d, state := range states {
		args = append(args, images[d], noise[d])
		args = append(args, c.knobs...)
		args = append(args, int32(c.steps))
		for _, x := range state {
			donated, err := graph.DonateTensorBuffer(x, b, compute.DeviceNum(d))
			if err != nil {
				return nil, nil, err
			}
			args = append(args, donated)
		}
	}
	if s.devices() > 1 {
		launch.Lock()
		defer launch.Unlock()
	}
	out, err := step.Call(args...)
	if err != nil {
		return nil, nil, err
	}
	next := make([][]*tensors.Tensor, len(states))
	each := len(out) / len(states)
	for d := range next {
		next[d] = out[d*each+1 : (d+1)*each]
	}
	return out[0], next, nil
}

// divisible reports why a batch can't be split over a job's devices.
func divisible(b *backend.Backend, c run.Config, devices int) error {
	switch {
	case devices < 0:
		return run.NewSettingError("Devices", devices, words.Format("%v is %d: write how many devices share each batch, or leave it out for one"), run.Setting("Devices"), devices)
	case devices < 2:
		return nil
	case devices > b.Compute.NumDevices():
		return run.NewSettingError("Devices", devices, words.Format("%v is %d, but %s has only %d: choose no more, or open the CPU as several with backend.OpenDevices"), run.Setting("Devices"), devices, b.Words, b.Compute.NumDevices())
	case c.Batch%devices != 0:
		return run.NewSettingError("Batch", c.Batch, words.Format("%v is %d, which %d devices can't share equally: choose a multiple of %d"), run.Setting("Batch"), c.Batch, devices, devices)
	}
	return nil
}
