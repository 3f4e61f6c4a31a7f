"""Holds what the worker takes and makes against what asyncapi.yaml promises."""

import json
import subprocess
import unittest
from pathlib import Path
from typing import Any

from worker.greetings import GREETINGS, MAX_NAME_LENGTH, greet
from worker.messages import InvalidMessageError
from worker.service import SERVICE_NAME

ROOT = Path(__file__).parent.parent
TOOLS = ROOT / "ci/tools/node_modules"


@unittest.skipUnless(TOOLS.exists(), "ci/install has not been run: the contract cannot be read")
class ContractTest(unittest.TestCase):
    contract: Any

    @classmethod
    def setUpClass(cls) -> None:
        command = ["node", "ci/tools/yaml-to-json.mjs", "asyncapi.yaml"]
        cls.contract = json.loads(subprocess.check_output(command, cwd=ROOT))

    def test_channels_are_those_of_the_worker(self) -> None:
        addresses = [channel["address"] for channel in self.contract["channels"].values()]
        self.assertEqual(addresses, [SERVICE_NAME, f"{SERVICE_NAME}.dead"])

    def test_limits_are_those_of_the_worker(self) -> None:
        schema = self.contract["components"]["schemas"]["GreetingRequest"]
        name, language = schema["properties"]["name"], schema["properties"]["language"]
        self.assertEqual((name["minLength"], name["maxLength"]), (1, MAX_NAME_LENGTH))
        self.assertEqual(language["enum"], list(GREETINGS))
        self.assertIs(schema["additionalProperties"], False)
        greet({"name": "a" * MAX_NAME_LENGTH})

    def test_examples_are_taken_and_lose_nothing_that_is_required(self) -> None:
        message = self.contract["components"]["messages"]["GreetingRequested"]
        required = self.contract["components"]["schemas"]["GreetingRequest"]["required"]
        for example in message["examples"]:
            payload = example["payload"]
            with self.subTest(payload=payload):
                result = greet(payload)
                self.assertIsInstance(result, dict)
                for field in required:
                    without = {key: value for key, value in payload.items() if key != field}
                    self.assertRaises(InvalidMessageError, greet, without)
                self.assertRaises(InvalidMessageError, greet, payload | {"more": 1})
