"""What this worker does: it greets whom a message names."""

from worker.messages import InvalidMessageError, Json

GREETINGS = {"en": "Hello", "de": "Hallo", "fr": "Bonjour"}
MAX_NAME_LENGTH = 64


def greet(request: Json) -> Json:
    """Makes the greeting that a message asks for; asyncapi.yaml describes both.

    It may run twice for one message: when the process ends before the result is kept,
    somebody else begins anew. What it does elsewhere has to be fit for that.

    Raises:
        InvalidMessageError: the message is not as the contract says.
    """
    if not isinstance(request, dict):
        raise InvalidMessageError("it has to be an object")
    unknown = sorted(request.keys() - {"name", "language"})
    if unknown:
        raise InvalidMessageError(f"{unknown[0]}: there is no such field")
    name = request.get("name")
    if not isinstance(name, str) or not 1 <= len(name) <= MAX_NAME_LENGTH:
        raise InvalidMessageError(f"name: text of 1 to {MAX_NAME_LENGTH} characters")
    language = request.get("language", "en")
    if not isinstance(language, str) or language not in GREETINGS:
        raise InvalidMessageError(f"language: one of {', '.join(GREETINGS)}")
    return {"message": f"{GREETINGS[language]}, {name}!", "language": language}
