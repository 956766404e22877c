# `http.HTTPStatus`
import http
from http import HTTPStatus

print(HTTPStatus.NOT_FOUND, HTTPStatus.OK.value, HTTPStatus(418).phrase, HTTPStatus.OK == 200, http.HTTPStatus["GONE"].phrase)
print([status.name for status in HTTPStatus if status >= 505], len(HTTPStatus), f"{HTTPStatus.CREATED:d}", repr(HTTPStatus.FOUND))
try:
    HTTPStatus(999)
except ValueError as error:
    print(error)
print(http.HTTPMethod.GET, http.HTTPMethod("PUT").name)
