pytest_plugins = ["tests.cast", "tests.support.browser"]
