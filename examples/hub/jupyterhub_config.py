"""The course on a JupyterHub, for users of this machine. docs/hub.md is the recipe.

Leave this file as it is: git pull brings its next version. The file that the hub is started with loads it, and what is set
there afterwards wins.
"""

import grp
import os
import pwd
from pathlib import Path

c = get_config()  # noqa: F821 (JupyterHub brings it)

# Where things are. Everything below the clone belongs to whoever set it up; learners read it.
clone = Path(__file__).resolve().parents[2]
environment = clone / ".vaelab" / "nbgrader"  # JupyterHub, JupyterLab and nbgrader
hub = clone / "examples" / "hub"

# Who comes in: users of this machine, by their own password, who are in one of these groups (usermod -aG learners ann).
learners, teachers = "learners", "teachers"
c.JupyterHub.authenticator_class = "pam"
c.LocalAuthenticator.allowed_groups = {learners, teachers}
# c.Authenticator.username_map = {"jörg": "joerg"}  # who logs in as the first is the second on this machine

# Teachers see who is there, and start and stop servers: /hub/admin. Nobody enters another's server. JupyterHub's admins could, by the
# scope access:servers, so nobody is made one.
c.JupyterHub.load_roles = [{"name": "teachers", "groups": [teachers], "scopes": ["admin-ui", "list:users", "servers"]}]


def groups(name):
    """The machine's groups of a user."""
    return [grp.getgrgid(g).gr_name for g in os.getgrouplist(name, pwd.getpwnam(name).pw_gid)]


def login(authenticator, handler, user):
    """The hub's groups are the machine's, as they are at each login. Whom admin_users doesn't name is no admin, and no longer one."""
    user["groups"] = [g for g in groups(user["name"]) if g in (learners, teachers)]
    user["admin"] = bool(user["admin"])
    return user


c.Authenticator.manage_groups = True
c.Authenticator.post_auth_hook = login

# What learners type into their browsers. Below another address: "http://:8000/courses/vae/".
c.JupyterHub.bind_url = "http://:8000/"
# By https without a server in front:
# c.JupyterHub.bind_url = "https://:443/"
# c.JupyterHub.ssl_key, c.JupyterHub.ssl_cert = "/etc/ssl/private/hub.key", "/etc/ssl/certs/hub.pem"

# The proxy in front of all servers, from package-lock.json.
c.ConfigurableHTTPProxy.command = [str(clone / ".vaelab" / "proxy" / "node_modules" / ".bin" / "configurable-http-proxy")]

# Each user has a server of their own, which runs as that user, in their home folder. start copies the notebooks there.
c.Spawner.cmd = [str(hub / "start")]
c.Spawner.default_url = "/lab/tree/vaelab"
c.Spawner.start_timeout = c.Spawner.http_timeout = 300  # seconds; a class that comes all at once is slow
c.Spawner.environment = {
    "JUPYTER_PATH": str(clone / ".vaelab" / "venv" / "share" / "jupyter"),  # the course's kernel
    "PATH": f"{environment / 'bin'}:/usr/local/bin:/usr/bin:/bin",  # nbgrader, in a terminal of the page
    "VAELAB_EXCHANGE": "/srv/hub/exchange",  # where nbgrader hands out and collects
    "PYTHONWARNINGS": "ignore",  # of nbgrader's database, which nobody here can do anything about
}


def settings(spawner):
    """Settings of a user's server: everybody's, and before them those of learners or of teachers."""
    role = "teacher" if teachers in groups(spawner.user.name) else "learner"
    spawner.environment["JUPYTER_CONFIG_PATH"] = f"{hub / role}:{hub / 'everybody'}"


c.Spawner.pre_spawn_hook = settings

# Servers that nobody has used for an hour could end by themselves; what is trained and solved is kept.
# c.Spawner.args = ["--ServerApp.shutdown_no_activity_timeout=3600", "--MappingKernelManager.cull_idle_timeout=1800"]

# One learner may have several labs at once: c.JupyterHub.allow_named_servers = True
