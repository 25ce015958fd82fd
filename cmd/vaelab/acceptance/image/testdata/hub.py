"""A hub inside the image, for a test: JupyterHub and its spawner as they are, and no proxy, which the image has no use for.

Where a learner's server listens is told on the standard output, since nobody leads there.
"""

import os

from jupyterhub.proxy import Proxy


class NoProxy(Proxy):
    should_start = False

    async def add_route(self, routespec, target, data):
        print("listens:", routespec, target, flush=True)

    async def delete_route(self, routespec):
        pass

    async def get_all_routes(self):
        return {}


c = get_config()  # noqa: F821
c.JupyterHub.proxy_class = NoProxy
c.JupyterHub.authenticator_class = "dummy"
c.Authenticator.allow_all = True
c.JupyterHub.db_url = "sqlite:////tmp/hub.sqlite"
c.JupyterHub.cookie_secret_file = "/tmp/hub_cookie_secret"
c.JupyterHub.services = [{"name": "test", "api_token": "a-token-of-the-test"}]
c.JupyterHub.load_roles = [{"name": "test", "services": ["test"], "scopes": ["admin:users", "admin:servers", "access:servers"]}]

# Each learner has a folder in /tmp for home. What a container begins with is asked for nothing, and has to see that it is on a hub.
c.JupyterHub.spawner_class = "simple"
c.Spawner.cmd = ["/opt/vaelab/.container/start"]
c.Spawner.environment = {"JUPYTER_PATH": os.environ["JUPYTER_PATH"]}
c.Spawner.start_timeout = c.Spawner.http_timeout = 600
