"""How the client is generated and tested. Not part of the package that users install."""
