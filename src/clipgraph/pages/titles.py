"""What the page of a refusal is headed with: its status, in words."""

from clipgraph.pages.messages import N_

TITLES = {
    400: N_("This request is not understood"),
    401: N_("A token is needed"),
    403: N_("This is not allowed"),
    404: N_("There is nothing here"),
    405: N_("This cannot be done here"),
    406: N_("There is no such format"),
    408: N_("The request came too slowly"),
    409: N_("This does not fit the current state"),
    410: N_("This is gone"),
    412: N_("The condition does not hold"),
    413: N_("This is too large"),
    414: N_("The address is too long"),
    415: N_("This media type is not read here"),
    416: N_("There are no such bytes"),
    422: N_("The data does not keep to the shapes"),
    429: N_("Too many requests"),
    431: N_("The headers are too large"),
    500: N_("Something broke"),
    501: N_("This is not done here"),
    502: N_("Another service did not answer"),
    503: N_("Not available right now"),
    504: N_("This took too long"),
    505: N_("This version of HTTP is not spoken here"),
    507: N_("There is no room left"),
}
