"""What logs, traces and the queue call this service."""

from worker import __version__

SERVICE_NAME = "${{ values.name }}"

SERVICE_VERSION = __version__
