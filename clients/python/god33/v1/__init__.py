"""The messages and services of god33.v1, generated from the contract: a module `*_pb2` a file. Do not edit."""
