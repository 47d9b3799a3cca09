from http import HTTPStatus

from rest_framework.exceptions import APIException


class UnknownValue(APIException):
    """A well-formed value that names nothing, such as a region; a 404, as on the pages.

    errors: sentences by parameter.
    """

    status_code = HTTPStatus.NOT_FOUND

    def __init__(self, errors):
        super().__init__()
        self.detail = errors
