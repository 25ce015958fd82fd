"""JupyterLab's server for everybody on the hub."""

c = get_config()  # noqa: F821 (Jupyter's server brings it)

# A terminal has the server's PATH, by which nbgrader is found. Of itself JupyterLab opens login shells where its server has no terminal of
# its own, as under systemd, and Debian's login shells forget the PATH.
c.ServerApp.terminado_settings = {"shell_command": ["/bin/bash"]}
