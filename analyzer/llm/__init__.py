"""Language models: one small interface, structured replies, their cache and their price.

Nothing is imported here: LangChain and the clients' libraries are paid for by the first call that no cache
answers.
"""
