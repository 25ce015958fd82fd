//go:build !js

package lab

// firstTime says whether something is to be said for the first time in this notebook. Nothing is, but in a browser's tab.
func firstTime(string) bool { return false }
