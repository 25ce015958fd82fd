package lab

import (
	"errors"

	"vaelab/vaelib/study"
)

var errEmpty = errors.New("the model is empty: make it with lab.Train (did its training fail?)")

// ready reports a model that lab.Train hasn't made: the zero Model, or none.
func (m *Model) ready() error {
	if m == nil || m.open == nil || m.engine == nil {
		return errEmpty
	}
	return nil
}

// allReady is ready of each.
func allReady(models []*Model) error {
	for _, m := range models {
		if err := m.ready(); err != nil {
			return err
		}
	}
	return nil
}

// subject is the model as studies take it.
func (m *Model) subject() (study.Subject, error) {
	if err := m.ready(); err != nil {
		return study.Subject{}, err
	}
	e, err := m.open()
	return study.Subject{Run: m.Run, Data: m.Data, Network: e.Network}, err
}

// subjects are some models, which are opened, or where that isn't needed, only their runs.
func subjects(models []*Model, opened bool) (list []study.Subject, err error) {
	if err := allReady(models); err != nil {
		return nil, err
	}
	for _, m := range models {
		s := study.Subject{Run: m.Run, Data: m.Data}
		if opened {
			if s, err = m.subject(); err != nil {
				return nil, err
			}
		}
		list = append(list, s)
	}
	return list, nil
}

// groups are models in groups of those that differ only in their seed. Those that don't are told before any is opened.
func groups(of [][]*Model, opened bool) (list [][]study.Subject, err error) {
	for _, open := range []bool{false, opened} {
		list = nil
		for _, models := range of {
			group, err := subjects(models, open)
			if err == nil {
				err = study.Alike(group)
			}
			if err != nil {
				return nil, err
			}
			list = append(list, group)
		}
	}
	return list, nil
}
