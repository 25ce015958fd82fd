package vaelib

// Version is that of the course and its library, the first that CHANGELOG.md has not yet released.
const Version = "0.2.0"
