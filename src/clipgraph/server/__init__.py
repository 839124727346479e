"""The web server: sockets, connections within bounds, start and end. What is said over them is web's."""
