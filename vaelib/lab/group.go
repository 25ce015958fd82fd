package lab

import (
	"vaelab/vaelib/run"
	"vaelab/vaelib/study"
	"vaelab/vaelib/words"
)

var errEmpty = words.Errorf("the model is empty: make it with lab.Train (did its training fail?)")

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
	return study.Subject{Run: m.Run, Data: m.Data, Network: e.Coder}, err
}

// subjects are some models as studies take them.
func subjects(models []*Model) (list []study.Subject, err error) {
	if err := allReady(models); err != nil {
		return nil, err
	}
	for _, m := range models {
		s, err := m.subject()
		if err != nil {
			return nil, err
		}
		list = append(list, s)
	}
	return list, nil
}

// alike reports groups of models that differ in more than their seed.
func alike(groups [][]*Model) error {
	for _, models := range groups {
		if err := allReady(models); err != nil {
			return err
		}
		var runs []run.Run
		for _, m := range models {
			runs = append(runs, m.Run)
		}
		if err := study.Alike(runs); err != nil {
			return err
		}
	}
	return nil
}

// studied are groups of models that differ only in their seed. Those that don't are told before any is opened.
func studied(groups [][]*Model) (list [][]study.Subject, err error) {
	if err := alike(groups); err != nil {
		return nil, err
	}
	for _, models := range groups {
		group, err := subjects(models)
		if err != nil {
			return nil, err
		}
		list = append(list, group)
	}
	return list, nil
}
